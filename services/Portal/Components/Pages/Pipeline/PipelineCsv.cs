using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Pipeline;

/// <summary>The pipeline as a file: everything that the search and the filters found, not only the page.</summary>
public static class PipelineCsv
{
    /// <summary>More than anybody works through; it bounds what one click costs.</summary>
    public const int Most = 10_000;

    private const int Step = 500;

    public static async Task<IReadOnlyList<PipelineTicket>> ReadAsync(
        ISupervisionApi api, PipelineAddress address, CancellationToken cancel)
    {
        // A ticket that closes between two questions moves the others up: none comes twice.
        var found = new Dictionary<Guid, PipelineTicket>();
        for (var page = 1; page <= Most / Step; page++)
        {
            var next = await api.PipelineAsync(
                address.Filter, address.Search, address.Order.By, address.Order.Descending, page, Step, cancel);
            foreach (var ticket in next.Items)
            {
                found.TryAdd(ticket.Ticket.TicketId, ticket);
            }

            if (next.Items.Count < Step)
            {
                break;
            }
        }

        return [.. found.Values];
    }

    public static byte[] Write(
        IEnumerable<PipelineTicket> tickets, IReadOnlyList<PipelineColumn> columns, BusinessTime time) => Csv.Write(
        [
            columns.Select(c => c.Name).Prepend("Ticket"),
            .. tickets.Select(t => columns.Select(c => c.Plain(t, time)).Prepend(t.Ticket.ExternalId))
        ]);
}
