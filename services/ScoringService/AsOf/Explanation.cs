using Performance.Scoring.Agents;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>An event that explains why a number is another one now.</summary>
/// <param name="Kind">What happened, in one word of the API.</param>
/// <param name="What">The status, label, percent or version it was about, or null.</param>
/// <param name="TicketId">The ticket, where it is about one.</param>
/// <param name="AgentId">The agent, where it is about one's record.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When it became known.</param>
internal sealed record Explanation(
    string Kind, string? What, Guid? TicketId, Guid? AgentId, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt)
{
    public static Explanation Of(WorkEvent work)
    {
        var (kind, what) = work switch
        {
            WorkOpened e => ("opened", e.Status),
            WorkAssigned => ("assigned", null),
            WorkStatusChanged e => ("statusChanged", e.Status),
            WorkReclassified e => ("reclassified", string.Join(", ", new[] { e.Type, e.State }.OfType<string>())),
            WorkRejected e => ("rejected", e.Label),
            RejectionTakenBack => ("rejectionTakenBack", null),
            RejectionExcused e => ("excused", e.Reason),
            ExcuseWithdrawn e => ("excuseWithdrawn", e.Reason),
            _ => ((string, string?))(work.GetType().Name, null)
        };
        return new Explanation(kind, what, work.TicketId, null, work.OccurredAt, work.RecordedAt);
    }

    public static Explanation Of(object fact) => fact switch
    {
        StatusClassesDefined e => new("statusClassesDefined", e.Source, null, null, e.OccurredAt, e.RecordedAt),
        AgentRecordsMerged e => new("recordsMerged", null, null, e.Kept, e.OccurredAt, e.RecordedAt),
        AttendanceNoted e => new(
            "attendanceNoted", e.Percent is { } percent ? $"{e.Month:yyyy-MM}: {percent:0.##} %" : $"{e.Month:yyyy-MM}",
            null, e.AgentId, e.OccurredAt, e.RecordedAt),
        RampPlanned e => new("rampPlanned", $"{e.HireMonth:yyyy-MM}", null, e.AgentId, e.OccurredAt, e.RecordedAt),
        WorkDayCounted e => new(
            "dayLogged", $"{e.Date:yyyy-MM-dd}: {e.Entries}", null, e.AgentId, e.OccurredAt, e.RecordedAt),
        WorkDayEmptied e => new("dayCleared", $"{e.Date:yyyy-MM-dd}", null, e.AgentId, e.OccurredAt, e.RecordedAt),
        SessionHeld e => new("sessionHeld", $"{e.Date:yyyy-MM-dd}", e.TicketId, e.AgentId, e.OccurredAt, e.RecordedAt),
        PolicyPublished e => new("policyPublished", $"{e.Version}", null, null, e.OccurredAt, e.OccurredAt),
        SettingsChanged e => new(
            "settingsChanged", e.Settings.BusinessZone, null, null, e.OccurredAt, e.OccurredAt),
        MonthClosed e => new("monthClosed", $"{e.Month:yyyy-MM}", null, null, e.OccurredAt, e.OccurredAt),
        MonthReopened e => new("monthReopened", $"{e.Month:yyyy-MM}", null, null, e.OccurredAt, e.OccurredAt),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} explains no number.")
    };
}
