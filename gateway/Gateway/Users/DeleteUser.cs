using System.Security.Claims;
using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary><c>DELETE /auth/users/{userName}</c>: sessions end at once, the last token with its life.</summary>
internal static class DeleteUser
{
    public static void Map(IEndpointRouteBuilder app) => app.MapDelete("/auth/users/{userName}", Handle)
        .RequireAuthorization(Policies.Administration).Produces(204).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Handle(
        string userName, HttpRequest request, ClaimsPrincipal caller, NpgsqlDataSource database, ILogger<User> logger,
        CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var user = await Accounts.LockAsync(connection, userName, cancel);
        CommandKey.CheckVersion(request, user.Version);
        await Accounts.KeepAnAdminAsync(connection, user.UserName, cancel);
        await using var delete = new NpgsqlCommand("delete from users where user_name = $1", connection);
        delete.Parameters.AddWithValue(user.UserName);
        await delete.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        logger.LogInformation("{Admin} deleted the user {User}", CurrentUser.From(caller).UserName, user.UserName);
        return Results.NoContent();
    }
}
