using System.Security.Claims;
using Npgsql;
using NpgsqlTypes;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary><c>POST /auth/password</c>: the own password. The user's other sessions end.</summary>
internal static class ChangePassword
{
    internal sealed record Command(string? CurrentPassword, string? NewPassword);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/auth/password", Handle)
        .RequireAuthorization(GatewayPolicies.SignedIn)
        .RequireRateLimiting(RateLimits.SignIn)
        .Produces(204).ProducesProblem(401).ProducesProblem(429).ProducesValidationProblem();

    private static async Task<IResult> Handle(
        Command command, HttpContext http, ClaimsPrincipal caller, NpgsqlDataSource database, Passwords passwords,
        WrongPasswords wrong, ILogger<SessionStore> logger, CancellationToken cancel)
    {
        var userName = CurrentUser.From(caller).UserName;
        var current = command.CurrentPassword is { Length: > 0 and <= 256 } given
            ? given : throw new InvalidFieldException("currentPassword", "is required");
        var fresh = Passwords.Good("newPassword", command.NewPassword, userName);
        var (right, wait) = await wrong.TryAsync(userName, ClientAddress.Of(http), async () =>
        {
            var hash = await HashAsync(database, userName);
            return await passwords.MatchesAsync(hash, current, default);
        }, cancel);
        if (wait is { } time)
        {
            return Waiting.Problem("Too many wrong passwords. Wait before the next try.", time);
        }

        if (!right)
        {
            throw new InvalidFieldException("currentPassword", "is wrong");
        }

        await using var change = database.CreateCommand("""
            with changed as (
                update users set password_hash = $2, version = version + 1 where user_name = $1)
            delete from sessions where user_name = $1 and session_id is distinct from $3
            """);
        change.Parameters.AddWithValue(userName);
        change.Parameters.AddWithValue(passwords.Hash(fresh));
        change.Parameters.AddWithValue(NpgsqlDbType.Uuid, (object?)TokenSource.SessionOf(http) ?? DBNull.Value);
        await change.ExecuteNonQueryAsync(cancel);
        logger.LogInformation("{User} changed the own password", userName);
        return Results.NoContent();
    }

    private static async Task<string?> HashAsync(NpgsqlDataSource database, string userName)
    {
        await using var select = database.CreateCommand(
            "select password_hash from users where user_name = $1 and not disabled");
        select.Parameters.AddWithValue(userName);
        return await select.ExecuteScalarAsync() as string;
    }
}
