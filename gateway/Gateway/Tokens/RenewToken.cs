using Npgsql;

namespace Performance.Gateway;

/// <summary>
/// <c>POST /auth/renew</c>: a fresh token for a cookie or a token that still works, with the roles of now. Nothing is
/// renewed once the session has ended, the user is disabled or the key revoked.
/// </summary>
internal static class RenewToken
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/auth/renew", Handle)
        .RequireAuthorization(GatewayPolicies.SignedIn).Produces<TokenAnswer>().ProducesProblem(401);

    private static async Task<IResult> Handle(
        HttpContext http, SessionStore sessions, AccessTokens tokens, NpgsqlDataSource database,
        CancellationToken cancel)
    {
        if (TokenSource.SessionOf(http) is { } id && await sessions.FindAsync(id, cancel) is { } session)
        {
            return Results.Ok(TokenAnswer.From(tokens.Sign(session.User, session.Id), session.User));
        }

        if (TokenSource.KeyOf(http) is { } key && await ApiKey.FindAsync(database, key, cancel) is { } found)
        {
            return Results.Ok(found.Token(tokens));
        }

        return Results.Problem(statusCode: 401, title: "The session has ended. Sign in again.");
    }
}
