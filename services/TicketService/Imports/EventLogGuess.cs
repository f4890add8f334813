namespace Performance.Tickets.Imports;

/// <summary>What the columns of an unknown log may mean, for a person to complete.</summary>
internal static class EventLogGuess
{
    public static ImportMapping From(IReadOnlyList<string> headers)
    {
        return new ImportMapping
        {
            Profile = ImportMapping.EventLog,
            TicketId = Like("ticket id", "ticketid", "case id", "number", "key", "id"),
            Status = Like("status", "incident_state", "state"),
            At = Like("updated_at", "timestamp", "changed", "date", "time", "at"),
            CreatedAt = Like("opened_at", "created_at", "created"),
            Assignee = Like("assigned_to", "assignee", "owner", "agent"),
            Type = Like("category", "type"),
            Title = Like("short_description", "title", "subject", "summary")
        };

        // A column of that very name goes before one that holds it.
        string? Like(params string[] names) => names
            .Select(name => headers.FirstOrDefault(h => h.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? headers.FirstOrDefault(h => name.Length > 2 && h.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(found => found is not null);
    }
}
