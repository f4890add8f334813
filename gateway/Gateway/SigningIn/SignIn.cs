using Npgsql;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>
/// <c>POST /auth/login</c>: user name and password for a session cookie and a token. Takes JSON, and an HTML form
/// (fields userName, password, to), which it answers with a redirect so that sign-in works without scripts.
/// </summary>
internal static class SignIn
{
    /// <summary>The portal's page for a refused form; <c>?failed=</c> says <c>wrong</c> or <c>wait</c>.</summary>
    private const string SignInPage = "/sign-in";

    internal sealed record Command(string? UserName, string? Password);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/auth/login", Handle)
        .AllowAnonymous()
        .RequireRateLimiting(RateLimits.SignIn)
        .Accepts<Command>("application/json", "application/x-www-form-urlencoded")
        .Produces<TokenAnswer>().ProducesProblem(401).ProducesProblem(429).ProducesValidationProblem();

    private static async Task<IResult> Handle(
        HttpContext http, NpgsqlDataSource database, Passwords passwords, WrongPasswords wrong, SessionStore sessions,
        AccessTokens tokens, ILogger<SessionStore> logger, CancellationToken cancel)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancel) : null;
        var command = form is null ? await http.Request.ReadCommandAsync<Command>(cancel)
            : new Command(form["userName"], form["password"]);
        var userName = Required("userName", command.UserName).Trim().ToLowerInvariant();
        var password = Required("password", command.Password);
        var address = ClientAddress.Of(http);
        User? user = null;
        var (right, wait) = await wrong.TryAsync(userName, address, async () =>
        {
            string? hash;
            (user, hash) = await FindAsync(database, userName);
            return await passwords.MatchesAsync(user is { Disabled: false } ? hash : null, password, default);
        }, cancel);
        if (!right)
        {
            logger.LogWarning(
                "Sign-in of {User} from {Address} refused, {Reason}",
                userName, address, wait is null ? "wrong" : "wait");
            return form is not null ? Back(form, wait)
                : wait is { } time ? Waiting.Problem("Too many wrong passwords. Wait before the next try.", time)
                : Results.Problem(statusCode: 401, title: "The user name or the password is wrong.");
        }

        if (http.Features.Get<Session>() is { } former)
        {
            await sessions.EndAsync(former.Id, cancel);
        }

        var (session, secret) = await sessions.StartAsync(user!, cancel);
        SessionCookie.Write(http, secret);
        logger.LogInformation("{User} signed in from {Address}", userName, address);
        return form is not null
            ? Results.LocalRedirect(LocalUrl.Or(form["to"], "/"))
            : Results.Ok(TokenAnswer.From(tokens.Sign(user!, session.Id), user!));
    }

    private static async Task<(User?, string?)> FindAsync(NpgsqlDataSource database, string userName)
    {
        await using var select = database.CreateCommand(
            $"select {User.Columns}, u.password_hash from users u where user_name = $1");
        select.Parameters.AddWithValue(userName);
        await using var row = await select.ExecuteReaderAsync();
        return await row.ReadAsync() ? (User.Read(row), row.GetString(9)) : (null, null);
    }

    private static IResult Back(IFormCollection form, TimeSpan? wait)
    {
        var to = Uri.EscapeDataString(LocalUrl.Or(form["to"], "/"));
        var failed = wait is null ? "failed=wrong" : $"failed=wait&seconds={Waiting.Seconds(wait.Value)}";
        return Results.LocalRedirect($"{SignInPage}?{failed}&to={to}");
    }

    private static string Required(string field, string? value) => value switch
    {
        null or "" => throw new InvalidFieldException(field, "is required"),
        { Length: > 256 } => throw new InvalidFieldException(field, "has more than 256 characters"),
        _ when value.Contains('\0') => throw new InvalidFieldException(field, "has a NUL character"),
        _ => value
    };
}
