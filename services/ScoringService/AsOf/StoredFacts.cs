using System.Text.Json;
using Performance.Scoring.Agents;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>The events that a scorecard is made from, by stored name, and when each was recorded.</summary>
internal static class StoredFacts
{
    /// <summary>Of tickets: folded one stream at a time.</summary>
    public static IReadOnlyDictionary<string, Type> OfTickets { get; } = new Dictionary<string, Type>
    {
        ["work_opened"] = typeof(WorkOpened),
        ["work_assigned"] = typeof(WorkAssigned),
        ["work_status_changed"] = typeof(WorkStatusChanged),
        ["work_reclassified"] = typeof(WorkReclassified),
        ["work_rejected"] = typeof(WorkRejected),
        ["rejection_taken_back"] = typeof(RejectionTakenBack),
        ["rejection_excused"] = typeof(RejectionExcused),
        ["excuse_withdrawn"] = typeof(ExcuseWithdrawn)
    };

    /// <summary>Of everything else: by these all tickets are read and graded.</summary>
    public static IReadOnlyDictionary<string, Type> OfTheFrame { get; } = new Dictionary<string, Type>
    {
        ["status_classes_defined"] = typeof(StatusClassesDefined),
        ["agent_records_merged"] = typeof(AgentRecordsMerged),
        ["attendance_noted"] = typeof(AttendanceNoted),
        ["ramp_planned"] = typeof(RampPlanned),
        ["work_day_counted"] = typeof(WorkDayCounted),
        ["work_day_emptied"] = typeof(WorkDayEmptied),
        ["session_held"] = typeof(SessionHeld),
        ["policy_published"] = typeof(PolicyPublished),
        ["settings_changed"] = typeof(SettingsChanged),
        ["month_closed"] = typeof(MonthClosed),
        ["month_reopened"] = typeof(MonthReopened)
    };

    public static WorkEvent Ticket(string name, string data) =>
        (WorkEvent)JsonSerializer.Deserialize(data, OfTickets[name])!;

    public static object Frame(string name, string data) => JsonSerializer.Deserialize(data, OfTheFrame[name])!;

    /// <summary>
    /// When TicketService or CoachingService appended it; of what Scoring itself decides, when it was decided.
    /// </summary>
    public static DateTimeOffset RecordedAt(object fact) => fact switch
    {
        WorkEvent e => e.RecordedAt,
        StatusClassesDefined e => e.RecordedAt,
        AgentRecordsMerged e => e.RecordedAt,
        AttendanceNoted e => e.RecordedAt,
        RampPlanned e => e.RecordedAt,
        WorkDayCounted e => e.RecordedAt,
        WorkDayEmptied e => e.RecordedAt,
        SessionHeld e => e.RecordedAt,
        PolicyPublished e => e.OccurredAt,
        SettingsChanged e => e.OccurredAt,
        MonthClosed e => e.OccurredAt,
        MonthReopened e => e.OccurredAt,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} says nowhere when it was recorded.")
    };
}
