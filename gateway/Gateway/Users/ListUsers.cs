using Npgsql;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary><c>GET /auth/users</c> and <c>GET /auth/users/{userName}</c>, never with a password's hash.</summary>
internal static class ListUsers
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/auth/users", List)
            .RequireAuthorization(Policies.Administration).Produces<Listed<User>>().ProducesValidationProblem();
        app.MapGet("/auth/users/{userName}", One)
            .RequireAuthorization(Policies.Administration).Produces<User>().ProducesProblem(404);
    }

    private static async Task<IResult> List(
        NpgsqlDataSource database, CancellationToken cancel, int page = 1, int pageSize = 100)
    {
        await using var select = database.CreateCommand(
            $"select {User.Columns}, count(*) over () from users u order by user_name limit $1 offset $2");
        return Results.Ok(await Listed<User>.ReadAsync(select, User.Read, page, pageSize, cancel));
    }

    private static async Task<IResult> One(
        string userName, NpgsqlDataSource database, HttpResponse response, CancellationToken cancel) =>
        Accounts.Answer(response, await Accounts.FindAsync(database, userName.ToLowerInvariant(), cancel)
            ?? throw new NotFoundException($"There is no user {userName}."));
}
