using System.Security.Claims;
using Npgsql;
using NpgsqlTypes;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary><c>POST /auth/users</c>: a new user. The same Idempotency-Key again answers the same user.</summary>
internal static class CreateUser
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/auth/users", Handle)
        .RequireAuthorization(Policies.Administration)
        .Produces<User>(201).ProducesProblem(409).ProducesValidationProblem();

    private static async Task<IResult> Handle(
        UserForm form, HttpContext http, ClaimsPrincipal caller, NpgsqlDataSource database, Passwords passwords,
        TimeProvider clock, ILogger<User> logger, CancellationToken cancel)
    {
        var wanted = form.Checked();
        var password = Passwords.Good("password", form.Password, wanted.UserName!);
        var admin = CurrentUser.From(caller).UserName;
        var commandKey = CommandKey.Of(http.Request, admin, "create-user");
        if (await InsertAsync(database, wanted, passwords.Hash(password), commandKey, clock.GetUtcNow(), cancel))
        {
            logger.LogInformation("{Admin} made the user {User}", admin, wanted.UserName);
        }
        else if (commandKey is null || !await IsRepeatAsync(database, wanted.UserName!, commandKey, cancel))
        {
            throw new DomainException($"There is a user {wanted.UserName} already.");
        }

        var user = await Accounts.FindAsync(database, wanted.UserName!, cancel)
            ?? throw new NotFoundException($"There is no user {wanted.UserName} any more.");
        return Accounts.Answer(http.Response, user, $"/auth/users/{Uri.EscapeDataString(user.UserName)}");
    }

    /// <summary>False: the name (or the command key) is taken.</summary>
    public static async Task<bool> InsertAsync(
        NpgsqlDataSource database, UserForm user, string passwordHash, string? commandKey, DateTimeOffset now,
        CancellationToken cancel)
    {
        await using var insert = database.CreateCommand("""
            insert into users (user_name, display_name, password_hash, roles, agent_id, teams, department, disabled,
                created_at, command_key)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict do nothing
            """);
        insert.Parameters.AddWithValue(user.UserName!);
        insert.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)user.DisplayName ?? DBNull.Value);
        insert.Parameters.AddWithValue(passwordHash);
        insert.Parameters.AddWithValue(user.Roles!.ToArray());
        insert.Parameters.AddWithValue(NpgsqlDbType.Uuid, (object?)user.AgentId ?? DBNull.Value);
        insert.Parameters.AddWithValue(user.Teams!.ToArray());
        insert.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)user.Department ?? DBNull.Value);
        insert.Parameters.AddWithValue(user.Disabled);
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)commandKey ?? DBNull.Value);
        return await insert.ExecuteNonQueryAsync(cancel) == 1;
    }

    private static async Task<bool> IsRepeatAsync(
        NpgsqlDataSource database, string userName, string commandKey, CancellationToken cancel)
    {
        await using var select = database.CreateCommand(
            "select exists (select from users where user_name = $1 and command_key = $2)");
        select.Parameters.AddWithValue(userName);
        select.Parameters.AddWithValue(commandKey);
        return await select.ExecuteScalarAsync(cancel) is true;
    }
}
