using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary>An integration's key, without the secret.</summary>
internal sealed record ApiKey(Guid Id, string Name, string CreatedBy, DateTimeOffset CreatedAt)
{
    public const string Columns = "key_id, name, created_by, created_at";

    public static ApiKey Read(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3));

    /// <summary>The key with this secret, unless revoked.</summary>
    public static Task<ApiKey?> FindAsync(NpgsqlDataSource database, string secret, CancellationToken cancel) =>
        FindAsync(database, "secret_hash = $1", Secrets.Hash(secret), cancel);

    /// <summary>The key with this id, unless revoked.</summary>
    public static Task<ApiKey?> FindAsync(NpgsqlDataSource database, Guid id, CancellationToken cancel) =>
        FindAsync(database, "key_id = $1", id, cancel);

    public TokenAnswer Token(AccessTokens tokens)
    {
        var token = tokens.SignForKey(Id, Name);
        return new TokenAnswer(
            token.Value, token.ExpiresAt,
            new SignedInUser(AccessTokens.IntegrationName(Name), null, [Roles.Integration], null, [], null));
    }

    private static async Task<ApiKey?> FindAsync(
        NpgsqlDataSource database, string condition, object value, CancellationToken cancel)
    {
        await using var select = database.CreateCommand(
            $"select {Columns} from api_keys where revoked_at is null and {condition}");
        select.Parameters.AddWithValue(value);
        await using var row = await select.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Read(row) : null;
    }
}
