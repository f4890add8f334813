using System.Security.Cryptography;
using Marten;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Performance.Tickets.Sync;

/// <summary>
/// Table <c>sync_secret</c>: the token and the webhook's secret, encrypted with keys that are not in the database
/// (ADR 0099). They are never answered.
/// </summary>
internal sealed class SyncSecrets(NpgsqlDataSource database, IDataProtectionProvider protection)
{
    public const string Token = "token";
    public const string Webhook = "webhook";

    private const string Upsert = """
        insert into sync_secret (name, protected) values (?, ?)
        on conflict (name) do update set protected = excluded.protected
        """;

    /// <summary>Keeps a secret in the session's transaction; an empty one is forgotten.</summary>
    public void Keep(IDocumentSession session, string name, string secret)
    {
        if (secret.Length == 0)
        {
            session.QueueSqlCommand("delete from sync_secret where name = ?", name);
        }
        else
        {
            session.QueueSqlCommand(Upsert, name, Protector(name).Protect(secret));
        }
    }

    /// <summary>The secret, or null where there is none.</summary>
    /// <exception cref="SyncFailedException">The keys that it was encrypted with are gone.</exception>
    public async Task<string?> FindAsync(string name, CancellationToken cancel)
    {
        await using var find = database.CreateCommand("select protected from sync_secret where name = $1");
        find.Parameters.Add(new() { Value = name });
        if (await find.ExecuteScalarAsync(cancel) is not string stored)
        {
            return null;
        }

        try
        {
            return Protector(name).Unprotect(stored);
        }
        catch (CryptographicException)
        {
            throw new SyncFailedException($"The stored {name} cannot be read any more. Enter it again.");
        }
    }

    private IDataProtector Protector(string name) => protection.CreateProtector("Performance.Tickets.Sync", name);
}
