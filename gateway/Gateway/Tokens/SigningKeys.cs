using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Performance.Gateway;

/// <summary>The signing keys that all replicas share through the database (docs/adr/0031).</summary>
internal sealed class SigningKeys(
    NpgsqlDataSource database,
    KeysFolder folder,
    TimeProvider clock,
    TokenSettings settings,
    ILogger<SigningKeys> logger)
{
    private volatile IReadOnlyList<SigningKey> keys = [];
    private volatile string published = """{"keys":[]}""";

    /// <summary>The JSON web key set.</summary>
    public string Published => published;

    /// <summary>What signs a token now.</summary>
    public SigningCredentials Signer() => new(
        (KeySchedule.Signer(keys, folder.Id, clock.GetUtcNow())
            ?? throw new InvalidOperationException("There is no signing key yet.")).Key,
        SecurityAlgorithms.EcdsaSha256);

    /// <summary>The key that a token names.</summary>
    public SecurityKey? Find(string? id) => keys.FirstOrDefault(key => key.Id == id)?.Key;

    /// <summary>Reads the keys; makes and drops what the schedule says. Safe to run on all replicas at once.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var alone = new NpgsqlCommand(
            "select pg_advisory_xact_lock(hashtext('signing-keys'))", connection))
        {
            await alone.ExecuteNonQueryAsync(cancel);
        }

        var current = await ReadAsync(connection, cancel);
        if (KeySchedule.NextFrom(current, folder.Id, now, settings) is { } from)
        {
            var key = SigningKey.Create(from, folder.Id);
            await InsertAsync(connection, key, cancel);
            current.Add(key);
            logger.LogInformation("Signing key {KeyId} made; it signs from {SignsFrom}", key.Id, from);
        }

        foreach (var key in KeySchedule.Retired(current, folder.Id, now, settings).ToList())
        {
            await using var delete = new NpgsqlCommand("delete from signing_keys where key_id = $1", connection);
            delete.Parameters.AddWithValue(key.Id);
            await delete.ExecuteNonQueryAsync(cancel);
            current.Remove(key);
            logger.LogInformation("Signing key {KeyId} retired", key.Id);
        }

        await transaction.CommitAsync(cancel);
        Remember(current);
    }

    private void Remember(IReadOnlyList<SigningKey> current)
    {
        // Objects that are known stay: signature providers are cached per key object.
        var known = keys.ToDictionary(key => key.Id);
        keys = current.Select(key => known.GetValueOrDefault(key.Id, key)).ToList();
        published = JsonSerializer.Serialize(new { keys = keys.Select(key => key.PublicEntry()) });
    }

    private async Task<List<SigningKey>> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var all = new List<SigningKey>();
        await using var select = new NpgsqlCommand("""
            select key_id, public_key, private_key, protected_by, signs_from from signing_keys order by signs_from
            """, connection);
        await using var row = await select.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            all.Add(SigningKey.Read(
                row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4), folder));
        }

        return all;
    }

    private async Task InsertAsync(NpgsqlConnection connection, SigningKey key, CancellationToken cancel)
    {
        await using var insert = new NpgsqlCommand("""
            insert into signing_keys (key_id, public_key, private_key, protected_by, signs_from)
            values ($1, $2, $3, $4, $5)
            """, connection);
        insert.Parameters.AddWithValue(key.Id);
        insert.Parameters.AddWithValue(key.Key.ECDsa.ExportSubjectPublicKeyInfo());
        insert.Parameters.AddWithValue(folder.Protect(key.Key.ECDsa.ExportPkcs8PrivateKey(), key.Id));
        insert.Parameters.AddWithValue(key.ProtectedBy);
        insert.Parameters.AddWithValue(key.SignsFrom);
        await insert.ExecuteNonQueryAsync(cancel);
    }
}
