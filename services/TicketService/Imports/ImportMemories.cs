using System.Text.Json;
using Npgsql;

namespace Performance.Tickets.Imports;

/// <summary>A ticket that imports know: what they remember, and what it is now.</summary>
internal sealed record KnownTicket(Guid TicketId, ImportMemory Memory, CurrentTicket Current);

/// <summary>Table <c>ticket_identity</c>: (source, external id) to ticket, and what imports remember of it.</summary>
internal static class ImportMemories
{
    private const string Select = """
        select i.external_id, i.ticket_id, i.last_status, i.last_agent, i.known_rows, i.labels, i.updated_at,
               l.version, l.step, l.status, l.agent_id, l.type, l.state, l.title
        from ticket_identity i join ticket_list l using (ticket_id)
        where i.source = $1 and i.external_id = any ($2)
        """;

    // One statement for a whole batch.
    private const string Upsert = """
        insert into ticket_identity (
            source, external_id, ticket_id, last_status, last_agent, known_rows, labels, updated_at)
        select $1, external_id, ticket_id, last_status, last_agent, known_rows, labels::jsonb, updated_at
        from unnest($2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::bytea[], $7::text[], $8::timestamptz[])
            as m (external_id, ticket_id, last_status, last_agent, known_rows, labels, updated_at)
        on conflict (source, external_id) do update set
            last_status = excluded.last_status, last_agent = excluded.last_agent, known_rows = excluded.known_rows,
            labels = excluded.labels, updated_at = excluded.updated_at
        """;

    public static async Task<Dictionary<string, KnownTicket>> LoadAsync(
        NpgsqlTransaction transaction, string source, string[] externalIds, CancellationToken cancel)
    {
        await using var select = new NpgsqlCommand(Select, transaction.Connection, transaction);
        select.Parameters.Add(new() { Value = source });
        select.Parameters.Add(new() { Value = externalIds });
        await using var r = await select.ExecuteReaderAsync(cancel);
        var known = new Dictionary<string, KnownTicket>();
        while (await r.ReadAsync(cancel))
        {
            known[r.GetString(0)] = new KnownTicket(
                r.GetGuid(1),
                new ImportMemory(
                    r.GetString(2), Id(r, 3), ImportMemory.UnpackRows(r.GetFieldValue<byte[]>(4)),
                    JsonSerializer.Deserialize<string[]>(r.GetString(5))!,
                    r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6)),
                new CurrentTicket(
                    r.GetInt64(7), r.GetInt32(8), r.GetString(9), Id(r, 10), Text(r, 11), Text(r, 12), Text(r, 13)));
        }

        return known;
    }

    public static NpgsqlBatchCommand Save(
        string source, IReadOnlyList<(string ExternalId, Guid TicketId, ImportMemory Memory)> changed)
    {
        var command = new NpgsqlBatchCommand(Upsert);
        foreach (var value in (object[])
            [
                source,
                changed.Select(c => c.ExternalId).ToArray(),
                changed.Select(c => c.TicketId).ToArray(),
                changed.Select(c => c.Memory.Status).ToArray(),
                changed.Select(c => c.Memory.AgentId).ToArray(),
                changed.Select(c => c.Memory.PackRows()).ToArray(),
                changed.Select(c => JsonSerializer.Serialize(c.Memory.Labels)).ToArray(),
                changed.Select(c => c.Memory.UpdatedAt).ToArray()
            ])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static Guid? Id(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetGuid(column);

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
