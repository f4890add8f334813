using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.ServiceDefaults.Backups;

/// <summary>
/// The HTTP side of an import: one at a time in a service, and an Idempotency-Key that was used before gets the answer
/// of then. A repeat after a crash imports once more, which changes nothing.
/// </summary>
public static class ImportEndpoint
{
    /// <summary>What a service does with its sections.</summary>
    public delegate Task<IReadOnlyList<SectionReport>> Import(
        PortalData data, bool dryRun, string by, CancellationToken cancel);

    /// <summary>Creates the table of answers; called at start-up.</summary>
    public static async Task CreateTableAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand("""
            select pg_advisory_xact_lock(hashtext('import_answer'));
            create table if not exists import_answer (
                user_name text not null,
                key text not null,
                answer jsonb not null,
                recorded_at timestamptz not null default now(),
                primary key (user_name, key));
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<IResult> RunAsync(
        HttpContext http, NpgsqlDataSource database, EventStoreId store, string? dryRun, Import import,
        CancellationToken cancel)
    {
        var dry = Input.Flag("dryRun", dryRun);
        var key = dry ? null : RequestHeaders.IdempotencyKey(http.Request);
        var user = CurrentUser.From(http.User).UserName;
        if (key is not null && await FindAsync(database, user, key, cancel) is { } before)
        {
            return Results.Ok(before);
        }

        var data = await PortalUpload.ReadAsync(http.Request, cancel);
        // A lock of the session: it goes with the connection, however this ends.
        await using var one = await database.OpenConnectionAsync(cancel);
        if (!dry && await LockAsync(one, cancel) is not true)
        {
            throw new DomainException("Another import is running.");
        }

        try
        {
            var sections = await import(data, dry, user, cancel);
            var answer = new ImportAnswer(sections, await PositionAsync(database, store, cancel));
            if (key is not null)
            {
                await KeepAsync(database, user, key, answer, cancel);
            }

            return Results.Ok(answer);
        }
        finally
        {
            await using var unlock = new NpgsqlCommand("select pg_advisory_unlock_all()", one);
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static async Task<object?> LockAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select pg_try_advisory_lock(hashtext('import_answer'), 1)", connection);
        return await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<long> PositionAsync(
        NpgsqlDataSource database, EventStoreId store, CancellationToken cancel)
    {
        await using var select = database.CreateCommand("select coalesce(max(seq_id), 0) from mt_events");
        return new StorePosition(store, (long)(await select.ExecuteScalarAsync(cancel))!).Value;
    }

    private static async Task<ImportAnswer?> FindAsync(
        NpgsqlDataSource database, string user, string key, CancellationToken cancel)
    {
        await using var select = database.CreateCommand(
            "select answer::text from import_answer where user_name = $1 and key = $2");
        select.Parameters.Add(new() { Value = user });
        select.Parameters.Add(new() { Value = key });
        return await select.ExecuteScalarAsync(cancel) is string answer
            ? JsonSerializer.Deserialize<ImportAnswer>(answer)
            : null;
    }

    private static async Task KeepAsync(
        NpgsqlDataSource database, string user, string key, ImportAnswer answer, CancellationToken cancel)
    {
        await using var insert = database.CreateCommand("""
            insert into import_answer (user_name, key, answer) values ($1, $2, $3::jsonb) on conflict do nothing
            """);
        insert.Parameters.Add(new() { Value = user });
        insert.Parameters.Add(new() { Value = key });
        insert.Parameters.Add(new() { Value = JsonSerializer.Serialize(answer) });
        await insert.ExecuteNonQueryAsync(cancel);
    }
}
