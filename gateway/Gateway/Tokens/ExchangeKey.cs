using Npgsql;

namespace Performance.Gateway;

/// <summary><c>POST /auth/token</c> with the header X-Api-Key: an integration's token.</summary>
internal static class ExchangeKey
{
    public const string Header = "X-Api-Key";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/auth/token", Handle)
        .AllowAnonymous().RequireRateLimiting(RateLimits.Token).Produces<TokenAnswer>().ProducesProblem(401);

    private static async Task<IResult> Handle(
        HttpRequest request, NpgsqlDataSource database, AccessTokens tokens, CancellationToken cancel)
    {
        var given = request.Headers[Header].ToString();
        return given.Length is > 0 and < 200 && await ApiKey.FindAsync(database, given, cancel) is { } key
            ? Results.Ok(key.Token(tokens))
            : Results.Problem(statusCode: 401, title: $"The header {Header} is missing, or the key is not valid.");
    }
}
