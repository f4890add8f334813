using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>
/// <c>PUT /auth/users/{userName}</c>: members that are there replace the user's, absent ones stay, null clears. A new
/// password or <c>disabled: true</c> ends the user's sessions at once.
/// </summary>
internal static class ChangeUser
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPut("/auth/users/{userName}", Handle)
        .RequireAuthorization(Policies.Administration)
        .Accepts<UserForm>("application/json")
        .Produces<User>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesValidationProblem();

    private static async Task<IResult> Handle(
        string userName, JsonElement changes, HttpContext http, ClaimsPrincipal caller, NpgsqlDataSource database,
        Passwords passwords, IOptions<JsonOptions> json, ILogger<User> logger, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var before = await Accounts.LockAsync(connection, userName, cancel);
        CommandKey.CheckVersion(http.Request, before.Version);
        var form = Merge(UserForm.Of(before), changes, json.Value.SerializerOptions).Checked();
        if (form.UserName != before.UserName)
        {
            throw new InvalidFieldException("userName", "cannot be changed");
        }

        var hash = form.Password is null
            ? null
            : passwords.Hash(Passwords.Good("password", form.Password, before.UserName));
        if (form.Disabled || !form.Roles!.Contains(Roles.Admin))
        {
            await Accounts.KeepAnAdminAsync(connection, before.UserName, cancel);
        }

        var after = await UpdateAsync(connection, form, hash, cancel);
        await transaction.CommitAsync(cancel);
        logger.LogInformation("{Admin} changed the user {User}", CurrentUser.From(caller).UserName, after.UserName);
        return Accounts.Answer(http.Response, after);
    }

    private static UserForm Merge(UserForm form, JsonElement changes, JsonSerializerOptions json)
    {
        if (changes.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidFieldException("body", "must be a JSON object");
        }

        var merged = JsonSerializer.SerializeToNode(form, json)!.AsObject();
        var names = merged.ToDictionary(member => member.Key, member => member.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var change in changes.EnumerateObject())
        {
            merged[names.GetValueOrDefault(change.Name, change.Name)] = JsonNode.Parse(change.Value.GetRawText());
        }

        return merged.Deserialize<UserForm>(json)!;
    }

    private static async Task<User> UpdateAsync(
        NpgsqlConnection connection, UserForm form, string? hash, CancellationToken cancel)
    {
        await using var update = new NpgsqlCommand($"""
            with ended as (delete from sessions where user_name = $1 and ($7 or $8::text is not null))
            update users u set display_name = $2, roles = $3, agent_id = $4, teams = $5, department = $6,
                disabled = $7, password_hash = coalesce($8, password_hash), version = version + 1
            where user_name = $1
            returning {User.Columns}
            """, connection);
        update.Parameters.AddWithValue(form.UserName!);
        update.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)form.DisplayName ?? DBNull.Value);
        update.Parameters.AddWithValue(form.Roles!.ToArray());
        update.Parameters.AddWithValue(NpgsqlDbType.Uuid, (object?)form.AgentId ?? DBNull.Value);
        update.Parameters.AddWithValue(form.Teams!.ToArray());
        update.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)form.Department ?? DBNull.Value);
        update.Parameters.AddWithValue(form.Disabled);
        update.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)hash ?? DBNull.Value);
        await using var row = await update.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return User.Read(row);
    }
}
