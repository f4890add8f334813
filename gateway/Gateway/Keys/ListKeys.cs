using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary><c>GET /auth/keys</c>: the keys in use, without their secrets.</summary>
internal static class ListKeys
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/auth/keys", Handle)
        .RequireAuthorization(Policies.Administration).Produces<Listed<ApiKey>>();

    private static async Task<IResult> Handle(
        NpgsqlDataSource database, CancellationToken cancel, int page = 1, int pageSize = 100)
    {
        await using var select = database.CreateCommand($"""
            select {ApiKey.Columns}, count(*) over () from api_keys where revoked_at is null
            order by name limit $1 offset $2
            """);
        return Results.Ok(await Listed<ApiKey>.ReadAsync(select, ApiKey.Read, page, pageSize, cancel));
    }
}
