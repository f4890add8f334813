using JasperFx.Events;
using Marten;
using Performance.Scoring.Agents;
using Performance.Scoring.Grades;
using Performance.Scoring.Months;
using Performance.Scoring.MyPerformance;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring;

/// <summary>The stored names of Scoring's events. They outlive the names of the classes; a change of shape is a new
/// version with an upcaster.</summary>
internal static class ScoringEvents
{
    /// <summary>Those that a rep's days are added up from, by stored name.</summary>
    public static IReadOnlyDictionary<string, Type> RepEvents { get; } = new Dictionary<string, Type>
    {
        ["rep_handled_call"] = typeof(RepHandledCall),
        ["rep_collected_payment"] = typeof(RepCollectedPayment),
        ["rep_raised_service"] = typeof(RepRaisedService),
        ["rep_completed_service"] = typeof(RepCompletedService),
        ["rep_registered_complaint"] = typeof(RepRegisteredComplaint),
        ["rep_resolved_complaint"] = typeof(RepResolvedComplaint)
    };

    public static void MapTo(StoreOptions options)
    {
        var events = options.Events;
        events.MapEventType<WorkOpened>("work_opened");
        events.MapEventType<WorkAssigned>("work_assigned");
        events.MapEventType<WorkStatusChanged>("work_status_changed");
        events.MapEventType<WorkReclassified>("work_reclassified");
        events.MapEventType<WorkRejected>("work_rejected");
        events.MapEventType<RejectionTakenBack>("rejection_taken_back");
        events.MapEventType<RejectionExcused>("rejection_excused");
        events.MapEventType<ExcuseWithdrawn>("excuse_withdrawn");
        events.MapEventType<StatusClassesDefined>("status_classes_defined");
        events.MapEventType<AgentRecordChanged>("agent_record_changed");
        events.MapEventType<AgentRecordsMerged>("agent_records_merged");
        events.MapEventType<AttendanceNoted>("attendance_noted");
        events.MapEventType<RampPlanned>("ramp_planned");
        events.MapEventType<WorkDayCounted>("work_day_counted");
        events.MapEventType<WorkDayEmptied>("work_day_emptied");
        events.MapEventType<SessionHeld>("session_held");
        events.MapEventType<CoachingAnswered>("coaching_answered");
        events.MapEventType<WeekReviewed>("week_reviewed");
        events.MapEventType<GoalAgreed>("goal_agreed");
        events.MapEventType<RepHandledCall>("rep_handled_call");
        events.MapEventType<RepCollectedPayment>("rep_collected_payment");
        events.MapEventType<RepRaisedService>("rep_raised_service");
        events.MapEventType<RepCompletedService>("rep_completed_service");
        events.MapEventType<RepRegisteredComplaint>("rep_registered_complaint");
        events.MapEventType<RepResolvedComplaint>("rep_resolved_complaint");
        events.MapEventType<PolicyPublished>("policy_published");
        events.MapEventType<SettingsChanged>("settings_changed");
        events.MapEventType<MonthClosed>("month_closed");
        events.MapEventType<MonthReopened>("month_reopened");
        events.MapEventType<GradesNoted>("grades_noted");
        events.MapEventType<GradesTold>("grades_told");
    }
}
