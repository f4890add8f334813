using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Feeds;
using Discovered = Performance.Tickets.Imports.AssigneeDiscovered;

namespace Performance.Tickets.Feeds;

/// <summary>Feed <c>assignees</c>: people met in imports; their names come from table <c>assignee</c>.</summary>
internal static class AssigneeFeed
{
    /// <param name="database">The service's own, where the names are.</param>
    public static Feed<AssigneeFact> Definition(NpgsqlDataSource database) => new(
        "assignees",
        [typeof(Discovered)],
        async (events, _, cancel) =>
        {
            var discovered = events.Where(e => e.Data is Discovered).ToArray();
            var names = discovered.Length == 0
                ? []
                : await NamesAsync(database, [.. discovered.Select(e => ((Discovered)e.Data).AgentId)], cancel);
            var facts = new List<AssigneeFact>();
            foreach (var stored in discovered)
            {
                var e = (Discovered)stored.Data;
                // A name that was erased is not told again.
                if (names.TryGetValue(e.AgentId, out var name))
                {
                    facts.Add(new AssigneeDiscovered(e.AgentId, e.Source, name)
                    {
                        EventId = stored.Id, Sequence = stored.Sequence, OccurredAt = e.OccurredAt,
                        RecordedAt = stored.Timestamp
                    });
                }
            }

            return facts;
        });

    private static async Task<Dictionary<Guid, string>> NamesAsync(
        NpgsqlDataSource database, Guid[] agents, CancellationToken cancel)
    {
        await using var select = database.CreateCommand(
            "select agent_id, name from assignee where agent_id = any ($1)");
        select.Parameters.Add(new() { Value = agents });
        var names = new Dictionary<Guid, string>();
        await using var reader = await select.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            names[reader.GetGuid(0)] = reader.GetString(1);
        }

        return names;
    }
}
