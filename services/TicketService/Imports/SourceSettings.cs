using System.Text.Json;
using Marten;
using Npgsql;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Problems;
using SessionOptions = Marten.Services.SessionOptions;

namespace Performance.Tickets.Imports;

/// <summary>
/// Table <c>source_settings</c>: the mapping that a source was last imported with, and its status lists.
/// </summary>
internal sealed class SourceSettings(NpgsqlDataSource database)
{
    /// <summary>Mappings of all sources, the latest first.</summary>
    public async Task<IReadOnlyList<ImportMapping>> MappingsAsync(CancellationToken cancel)
    {
        await using var select = database.CreateCommand(
            "select mapping from source_settings order by changed_at desc, source");
        await using var reader = await select.ExecuteReaderAsync(cancel);
        var mappings = new List<ImportMapping>();
        while (await reader.ReadAsync(cancel))
        {
            mappings.Add(MappingJson.Stored(reader.GetString(0)));
        }

        return mappings;
    }

    /// <summary>
    /// How the statuses of a ticket's source are to be read; the defaults for a source without lists.
    /// </summary>
    public async Task<StatusClasses> ClassesOfTicketAsync(string ticketId, CancellationToken cancel)
    {
        await using var select = database.CreateCommand("""
            select s.terminal, s.closed, s.hold
            from ticket_list t join source_settings s using (source) where t.ticket_id = $1
            """);
        select.Parameters.Add(new() { Value = Input.Id("id", ticketId) });
        await using var r = await select.ExecuteReaderAsync(cancel);
        return await r.ReadAsync(cancel)
            ? StatusClasses.From(
                r.GetFieldValue<string[]>(0), r.GetFieldValue<string[]>(1), r.GetFieldValue<string[]>(2))
            : StatusClasses.Default;
    }

    /// <summary>The statement that remembers a mapping with its source, as it was given.</summary>
    public static NpgsqlBatchCommand Confirm(string source, ImportMapping given, DateTimeOffset now) =>
        ImportCatalogue.Command("""
            insert into source_settings (source, mapping, terminal, closed, hold, changed_at)
            values ($1, $2, '{}', '{}', '{}', $3)
            on conflict (source) do update set mapping = excluded.mapping, changed_at = excluded.changed_at
            """, source, MappingJson.Write(given with { Source = source }), now);

    /// <summary>
    /// Status lists that differ from those known become an event, before the tickets that they classify.
    /// </summary>
    public static async Task DefineStatusesAsync(
        IDocumentStore store, NpgsqlConnection connection, ImportMapping mapping, string by, DateTimeOffset now,
        CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        string[] terminal = [.. mapping.Terminal ?? []];
        string[] closed = [.. mapping.Closed ?? []];
        string[] hold = [.. mapping.Hold ?? []];
        var before = await ListsAsync(transaction, mapping.Source!, cancel);
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        if (Written(before) != Written([terminal, closed, hold]))
        {
            var stream = DeterministicId.Of("source", mapping.Source!);
            var version = (await session.Events.FetchStreamAsync(stream, token: cancel)).Count;
            var defined = new SourceStatusesDefined(mapping.Source!, terminal, closed, hold, by, now);
            _ = version == 0
                ? session.Events.StartStream<SourceStatusesDefined>(stream, defined)
                : session.Events.Append(stream, version + 1, defined);
        }

        await using var upsert = new NpgsqlCommand("""
            insert into source_settings (source, mapping, terminal, closed, hold, changed_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (source) do update set terminal = excluded.terminal, closed = excluded.closed,
                hold = excluded.hold
            """, connection, transaction);
        // What was never given is suggested by each file's own headers again.
        var minimal = MappingJson.Write(new ImportMapping { Profile = mapping.Profile, Source = mapping.Source });
        foreach (var value in (object[])[mapping.Source!, minimal, terminal, closed, hold, now])
        {
            upsert.Parameters.Add(new() { Value = value });
        }

        await upsert.ExecuteNonQueryAsync(cancel);
        await session.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static string Written(string[][] lists) => JsonSerializer.Serialize(lists);

    private static async Task<string[][]> ListsAsync(
        NpgsqlTransaction transaction, string source, CancellationToken cancel)
    {
        await using var select = new NpgsqlCommand(
            "select terminal, closed, hold from source_settings where source = $1",
            transaction.Connection, transaction);
        select.Parameters.Add(new() { Value = source });
        await using var r = await select.ExecuteReaderAsync(cancel);
        return await r.ReadAsync(cancel)
            ? [r.GetFieldValue<string[]>(0), r.GetFieldValue<string[]>(1), r.GetFieldValue<string[]>(2)]
            : [[], [], []];
    }
}
