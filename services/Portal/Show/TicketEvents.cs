using Performance.Portal.Api;

namespace Performance.Portal.Show;

/// <summary>A ticket's events in words.</summary>
public static class TicketEvents
{
    public static bool IsExcuse(string type) => Kind(type) is "ticket_excused" or "rejections_excused";

    /// <param name="agent">The name of an agent id.</param>
    public static string Words(TicketEvent e, Func<Guid, string?> agent) => Kind(e.Type) switch
    {
        "ticket_imported" => $"Imported from {e.Text("source")}, {e.Text("status")}{With(e, agent)}",
        "ticket_submitted" => $"Filed{With(e, agent)}",
        "ticket_assigned" => Agent(e, agent) is { } name ? $"Assigned to {name}" : "Put back into the queue",
        "ticket_status_changed" => $"{e.Text("from")} → {e.Text("to")}",
        "ticket_reopened" => "Re-opened",
        "ticket_renamed" => $"Title: {e.Text("title")}",
        "ticket_reclassified" => "Type or state changed: "
            + string.Join(", ", new[] { e.Text("type"), e.Text("state") }.Where(t => t is not null)),
        "ticket_rejected" or "rejection_recorded" => $"Rejected: {e.Text("label")}",
        "ticket_rejection_removed" or "rejection_label_removed" => $"Label removed: {e.Text("label")}",
        "ticket_excused" or "rejections_excused" => $"Excused: {e.Text("reason")}",
        "ticket_excuse_withdrawn" or "excuse_withdrawn" => $"Excuse withdrawn: {e.Text("reason")}",
        "rejection_disputed" => $"Disputed: {e.Text("reason")}",
        "dispute_decided" => $"Dispute {(e.Is("accepted") ? "accepted" : "declined")}: {e.Text("reason")}",
        var other => char.ToUpperInvariant(other[0]) + other[1..].Replace('_', ' ')
    };

    public static string Tone(string type) => Kind(type) switch
    {
        "ticket_rejected" or "rejection_recorded" => "bad",
        "ticket_excused" or "rejections_excused" => "good",
        "rejection_disputed" => "warn",
        _ => ""
    };

    /// <summary>The name without its version.</summary>
    private static string Kind(string type) =>
        System.Text.RegularExpressions.Regex.Replace(type, @"[_.]?v\d+$", "");

    private static string With(TicketEvent e, Func<Guid, string?> agent) =>
        Agent(e, agent) is { } name ? $", with {name}" : "";

    private static string? Agent(TicketEvent e, Func<Guid, string?> agent) =>
        Guid.TryParse(e.Text("agentId"), out var id) ? agent(id) ?? "an agent" : null;
}
