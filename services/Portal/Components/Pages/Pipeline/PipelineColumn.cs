using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Pipeline;

/// <summary>A column of the pipeline beside the ticket's number.</summary>
/// <param name="Id">Its name in the address and, where it can be sorted by, in the API.</param>
/// <param name="Plain">The value as a spreadsheet takes it.</param>
public sealed record PipelineColumn(string Id, string Name, Func<PipelineTicket, BusinessTime, string> Plain)
{
    /// <summary>The first column, which stays.</summary>
    public const string Ticket = "externalId";

    public bool IsNumber { get; init; }

    /// <summary>False: the same order as the days'.</summary>
    public bool CanSort { get; init; } = true;

    public string? Help { get; init; }

    public static IReadOnlyList<PipelineColumn> All { get; } =
    [
        new("daysSinceCreated", "Days open", (t, _) => One(t.DaysSinceCreated))
            { IsNumber = true, Help = "Calendar days since the ticket was created" },
        new("age", "Age", (t, _) => t.Age) { CanSort = false },
        new("holdHours", "Hold hours", (t, _) => One(t.HoldHours))
            { IsNumber = true, Help = "Hours since it was put on hold; only while it is on hold" },
        new("status", "Status", (t, _) => t.Ticket.Status ?? ""),
        new("agentName", "Agent", (t, _) => t.Ticket.AgentName ?? "Unassigned"),
        new("title", "Title", (t, _) => t.Ticket.Title ?? ""),
        new("type", "Type", (t, _) => t.Ticket.Type ?? ""),
        new("state", "State", (t, _) => t.Ticket.State ?? ""),
        new("createdAt", "Created", (t, time) => t.Ticket.CreatedAt is { } created ? time.Exact(created) : "")
    ];

    public static IReadOnlyList<PipelineColumn> Shown(IReadOnlyList<string> hidden) =>
        [.. All.Where(c => !hidden.Contains(c.Id))];

    public static TableOrder OldestFirst { get; } = new("daysSinceCreated", true);

    /// <summary>Whether it can be sorted by.</summary>
    public static bool Sorts(string column) => column == Ticket || All.Any(c => c.CanSort && c.Id == column);

    /// <summary>An order in words.</summary>
    public static string Words(TableOrder order) => (order.By, order.Descending) switch
    {
        ("daysSinceCreated", true) or ("createdAt", false) => "oldest first",
        ("daysSinceCreated", false) or ("createdAt", true) => "newest first",
        ("holdHours", true) => "longest on hold first",
        var (by, down) => $"by {(All.FirstOrDefault(c => c.Id == by)?.Name ?? "ticket").ToLowerInvariant()}"
            + (down ? ", backwards" : "")
    };

    private static string One(decimal? value) => value is { } number
        ? decimal.Round(number, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)
        : "";
}
