using Npgsql;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Backups;

/// <summary>The tickets here that a document's overrides mean: by id, else by source and id at the source.</summary>
internal sealed class KnownTickets
{
    private readonly HashSet<Guid> ids = [];
    private readonly Dictionary<(string, string), Guid> bySource = [];

    public static async Task<KnownTickets> FindAsync(
        NpgsqlDataSource database, IReadOnlyList<PortalOverride?> overrides, CancellationToken cancel)
    {
        var tickets = overrides.Select(o => o?.Ticket).OfType<PortalTicket>().ToList();
        await using var select = database.CreateCommand("""
            select ticket_id, source, external_id from ticket_list where ticket_id = any ($1)
            union
            select t.ticket_id, t.source, t.external_id from ticket_list t
            join unnest($2::text[], $3::text[]) as d (source, external_id)
                on t.source = d.source and t.external_id = d.external_id
            """);
        var named = tickets.Where(t => IsText(t.Source) && IsText(t.ExternalId)).ToList();
        select.Parameters.Add(new() { Value = tickets.Select(t => Id(t.Id)).OfType<Guid>().Distinct().ToArray() });
        select.Parameters.Add(new() { Value = named.Select(t => t.Source!).ToArray() });
        select.Parameters.Add(new() { Value = named.Select(t => t.ExternalId!).ToArray() });
        var known = new KnownTickets();
        await using var reader = await select.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            known.ids.Add(reader.GetGuid(0));
            known.bySource[(reader.GetString(1), reader.GetString(2))] = reader.GetGuid(0);
        }

        return known;
    }

    /// <exception cref="InvalidFieldException">There is no such ticket here.</exception>
    public Guid Of(PortalTicket? ticket)
    {
        if (ticket is null)
        {
            throw new InvalidFieldException("ticket", "is missing");
        }

        return Id(ticket.Id) is { } id && ids.Contains(id) ? id
            : bySource.TryGetValue((ticket.Source ?? "", ticket.ExternalId ?? ""), out var found) ? found
            : throw new InvalidFieldException("ticket", "is not here: import the tickets first");
    }

    private static Guid? Id(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : null;

    // PostgreSQL takes no NUL.
    private static bool IsText(string? text) => text is { Length: > 0 } && !text.Contains('\0');
}
