using Performance.Portal.Sessions;

namespace Performance.Portal.OldFiles;

/// <summary>Asks for the people and the tickets that a mapped file names.</summary>
/// <param name="told">Some percent of the tickets were asked for.</param>
internal sealed class OldLookup(GatewayClients api, Action<int> told)
{
    private const int PageSize = 500;
    private const int AtOnce = 8;

    /// <summary>Beyond these a coaching log keeps its ticket's number in its notes.</summary>
    private const int MostTickets = 5000;

    public async Task<OldDirectory> FindAsync(IReadOnlyList<OldMapping> mappings, CancellationToken cancel)
    {
        var agents = new List<OldDocument.Person>();
        for (var page = 1; ; page++)
        {
            var found = await api.Coaching.AgentsAsync(null, null, null, page, PageSize, cancel);
            agents.AddRange(found.Items.Where(a => a.MergedInto is null).Select(
                a => new OldDocument.Person(a.Id, a.Name)));
            if (found.Items.Count == 0 || page * PageSize >= found.Total)
            {
                break;
            }
        }

        return new OldDirectory(OldDirectory.ByName(agents), await TicketsAsync(mappings, cancel));
    }

    private async Task<Dictionary<(string, string), OldDirectory.Known>> TicketsAsync(
        IReadOnlyList<OldMapping> mappings, CancellationToken cancel)
    {
        var known = new Dictionary<(string, string), OldDirectory.Known>();
        var wanted = OldConverter.TicketsIn(mappings).Take(MostTickets).ToList();
        foreach (var (done, some) in wanted.Chunk(AtOnce).Index())
        {
            told(done * AtOnce * 100 / wanted.Count);
            var found = await Task.WhenAll(some.Select(t => api.Backup.TicketAsync(t.Source, t.Number, cancel)));
            foreach (var (of, list) in some.Zip(found))
            {
                if (list.Items is [var ticket, ..])
                {
                    known[of] = new OldDirectory.Known(ticket.Id, ticket.AgentId);
                }
            }
        }

        return known;
    }
}
