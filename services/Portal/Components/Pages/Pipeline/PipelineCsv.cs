using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Pipeline;

/// <summary>The pipeline as a file: everything that the search and the filters found, not only the page.</summary>
public static class PipelineCsv
{
    /// <summary>More than anybody works through; it bounds what one click costs.</summary>
    public const int Most = 10_000;

    private const int Step = 500;

    private static readonly string[] Head =
    [
        "Ticket", "Title", "Days since created", "Age", "Hold hours", "Status", "Agent", "Type", "State", "Created"
    ];

    public static async Task<IReadOnlyList<PipelineTicket>> ReadAsync(
        ISupervisionApi api, ScorecardFilter filter, string? search, CancellationToken cancel)
    {
        // A ticket that closes between two questions moves the others up: none comes twice.
        var found = new Dictionary<Guid, PipelineTicket>();
        for (var page = 1; page <= Most / Step; page++)
        {
            var next = await api.PipelineAsync(filter, search, page, Step, cancel);
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

    public static byte[] Write(IEnumerable<PipelineTicket> tickets, BusinessTime time) =>
        Csv.Write([Head, .. tickets.Select(t => Line(t, time))]);

    private static string[] Line(PipelineTicket item, BusinessTime time) =>
    [
        item.Ticket.ExternalId, item.Ticket.Title ?? "", One(item.DaysSinceCreated), item.Age, One(item.HoldHours),
        item.Ticket.Status ?? "", item.Ticket.AgentName ?? "Unassigned", item.Ticket.Type ?? "",
        item.Ticket.State ?? "", item.Ticket.CreatedAt is { } created ? time.Exact(created) : ""
    ];

    private static string One(decimal? value) => value is { } number
        ? decimal.Round(number, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)
        : "";
}
