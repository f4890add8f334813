using System.Buffers.Text;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Npgsql;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>
/// <c>POST /auth/keys {name}</c>: a key for an integration, shown this once. With an Idempotency-Key the secret is
/// derived from it and the keys folder, so that a repeat gives the same answer although only the hash is stored.
/// </summary>
internal static partial class CreateKey
{
    internal sealed record Command(string? Name);

    internal sealed record Answer(Guid Id, string Name, string Key, DateTimeOffset CreatedAt);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/auth/keys", Handle)
        .RequireAuthorization(Policies.Administration)
        .Produces<Answer>(201).ProducesProblem(409).ProducesValidationProblem();

    private static async Task<IResult> Handle(
        Command command, HttpRequest request, ClaimsPrincipal caller, NpgsqlDataSource database, KeysFolder folder,
        TimeProvider clock, ILogger<ApiKey> logger, CancellationToken cancel)
    {
        var name = command.Name?.Trim() is { } given && NamePattern().IsMatch(given)
            ? given
            : throw new InvalidFieldException("name", "must be 1 to 60 letters, digits, dots, dashes or spaces");
        var admin = CurrentUser.From(caller).UserName;
        var commandKey = CommandKey.Of(request, admin, "create-key");
        var secret = "pk_" + (commandKey is null ? Secrets.New() : Base64Url.EncodeToString(folder.Derive(commandKey)));
        await using var insert = database.CreateCommand($"""
            insert into api_keys (key_id, name, secret_hash, created_by, created_at, command_key)
            values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing
            returning {ApiKey.Columns}
            """);
        insert.Parameters.AddWithValue(Guid.NewGuid());
        insert.Parameters.AddWithValue(name);
        insert.Parameters.AddWithValue(Secrets.Hash(secret));
        insert.Parameters.AddWithValue(admin);
        insert.Parameters.AddWithValue(clock.GetUtcNow());
        insert.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)commandKey ?? DBNull.Value);
        var key = await ReadAsync(insert, cancel);
        if (key is not null)
        {
            logger.LogInformation("{Admin} made the API key {Name}", admin, name);
        }
        else if (commandKey is null || (key = await ApiKey.FindAsync(database, secret, cancel))?.Name != name)
        {
            throw new DomainException($"There is a key named {name} already.");
        }

        return Results.Created($"/auth/keys/{key!.Id}", new Answer(key.Id, key.Name, secret, key.CreatedAt));
    }

    private static async Task<ApiKey?> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? ApiKey.Read(row) : null;
    }

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,59}$")]
    private static partial Regex NamePattern();
}
