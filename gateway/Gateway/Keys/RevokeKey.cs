using System.Security.Claims;
using Npgsql;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary><c>DELETE /auth/keys/{id}</c>: no more tokens for the key; the last one ends with its life.</summary>
internal static class RevokeKey
{
    public static void Map(IEndpointRouteBuilder app) => app.MapDelete("/auth/keys/{id}", Handle)
        .RequireAuthorization(Policies.Administration)
        .Produces(204).ProducesValidationProblem().ProducesProblem(404);

    private static async Task<IResult> Handle(
        string id, ClaimsPrincipal caller, NpgsqlDataSource database, TimeProvider clock, ILogger<ApiKey> logger,
        CancellationToken cancel)
    {
        if (!Guid.TryParse(id, out var key))
        {
            throw new InvalidFieldException("id", "must be a UUID");
        }

        await using var revoke = database.CreateCommand(
            "update api_keys set revoked_at = coalesce(revoked_at, $2) where key_id = $1");
        revoke.Parameters.AddWithValue(key);
        revoke.Parameters.AddWithValue(clock.GetUtcNow());
        if (await revoke.ExecuteNonQueryAsync(cancel) == 0)
        {
            throw new NotFoundException($"There is no API key {id}.");
        }

        logger.LogInformation("{Admin} revoked the API key {Key}", CurrentUser.From(caller).UserName, key);
        return Results.NoContent();
    }
}
