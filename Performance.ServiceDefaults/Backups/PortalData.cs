using System.Text.Json;
using System.Text.Json.Serialization;

namespace Performance.ServiceDefaults.Backups;

/// <summary>
/// The portal's data as one document: what people recorded, apart from what comes again from the ticket system. Ids,
/// dates and instants are texts here, so that what is wrong with one entry is said of that entry (ADR 103).
/// </summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">Of the document's schema; this is version 1.</param>
/// <param name="Agents">Whose ids the other sections use, so that those of another installation can be matched.</param>
/// <param name="CoachingLogs">Coaching sessions.</param>
/// <param name="Attendance">Percent for each agent and month.</param>
/// <param name="RampPlans">Hire months.</param>
/// <param name="Overrides">Excuses of rejections, withdrawn ones among them.</param>
/// <param name="Productivity">The agents' own logs, a day each.</param>
public sealed record PortalData(
    string? Format,
    int? Version,
    IReadOnlyList<PortalAgent?>? Agents,
    IReadOnlyList<PortalCoachingLog?>? CoachingLogs,
    IReadOnlyList<PortalAttendance?>? Attendance,
    IReadOnlyList<PortalRampPlan?>? RampPlans,
    IReadOnlyList<PortalOverride?>? Overrides,
    IReadOnlyList<PortalDay?>? Productivity)
{
    public const string FormatName = "performance-portal-data";

    public const int SchemaVersion = 1;

    /// <summary>How the document is written and read.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict
    };
}

public sealed record PortalAgent(string? Id, string? Name, string? Email, IReadOnlyList<PortalSource?>? Sources);

/// <summary>What an importing source calls the agent.</summary>
public sealed record PortalSource(string? Source, string? Name);

/// <summary>Notes and the action item's text are empty where they were erased.</summary>
public sealed record PortalCoachingLog(
    string? Id, string? AgentId, string? TicketId, string? TicketName, string? Date, string? Notes,
    PortalActionItem? ActionItem, string? By, string? At, string? AcknowledgedAt);

/// <param name="Owner">agent or supervisor.</param>
public sealed record PortalActionItem(string? Text, string? Owner, string? DueDate, string? DoneAt);

public sealed record PortalAttendance(string? AgentId, string? Month, decimal? Percent, string? By, string? At);

public sealed record PortalRampPlan(string? AgentId, string? HireMonth, string? By, string? At);

/// <param name="Id">The excuse's own.</param>
/// <param name="Ticket">The ticket; its source and external id are what another installation knows it by.</param>
/// <param name="RejectionEventId">The one rejection event; none: all that there were.</param>
/// <param name="RejectionLabel">Its label; none for an entry into a rejection status.</param>
/// <param name="RejectionAt">When it happened: with the label, it finds the event in another installation.</param>
/// <param name="Reason">Empty where it was erased.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="At">When.</param>
/// <param name="Withdrawn">It was taken back.</param>
/// <param name="PartlyWithdrawn">Of an excuse of all: rejection events for which it was taken back.</param>
public sealed record PortalOverride(
    string? Id, PortalTicket? Ticket, string? RejectionEventId, string? RejectionLabel, string? RejectionAt,
    string? Reason, string? By, string? At, PortalWithdrawal? Withdrawn,
    IReadOnlyList<PortalPart?>? PartlyWithdrawn);

public sealed record PortalTicket(string? Id, string? Source, string? ExternalId);

public sealed record PortalWithdrawal(string? By, string? Reason, string? At);

public sealed record PortalPart(
    string? RejectionEventId, string? RejectionLabel, string? RejectionAt, string? By, string? Reason, string? At);

public sealed record PortalDay(
    string? AgentId, string? Date, string? Notes, IReadOnlyList<PortalEntry?>? Entries, string? At);

/// <summary>A row of a day; the access id is empty where it was erased.</summary>
public sealed record PortalEntry(string? Id, string? AccessId, string? Status, string? Client, string? Comments);
