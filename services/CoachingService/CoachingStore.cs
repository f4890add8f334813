using JasperFx.Events.Projections;
using Marten;
using Performance.Coaching.Agents;
using Performance.Coaching.Attendance;
using Performance.Coaching.Goals;
using Performance.Coaching.Reviews;
using Performance.Coaching.Sessions;

namespace Performance.Coaching;

/// <summary>What is in the event store: names of events never change once events are stored.</summary>
internal static class CoachingStore
{
    public static void Configure(StoreOptions options)
    {
        options.Events.MapEventType<AgentRegistered>("agent_registered");
        options.Events.MapEventType<AgentProfileChanged>("agent_profile_changed");
        options.Events.MapEventType<AgentsMerged>("agents_merged");
        options.Events.MapEventType<TeamChanged>("team_changed");
        options.Events.MapEventType<DepartmentChanged>("department_changed");
        options.Events.MapEventType<AttendanceRecorded>("attendance_recorded");
        options.Events.MapEventType<RampPlanSet>("ramp_plan_set");
        options.Events.MapEventType<GoalSet>("goal_set");
        options.Events.MapEventType<SessionRecorded>("session_recorded");
        options.Events.MapEventType<SessionAcknowledged>("session_acknowledged");
        options.Events.MapEventType<ActionItemDone>("action_item_done");
        options.Events.MapEventType<ActionItemReopened>("action_item_reopened");
        options.Events.MapEventType<ReviewStepDone>("review_step_done");
        options.Events.MapEventType<ReviewStepReopened>("review_step_reopened");

        // Free text about a person, blanked when the person's data is erased.
        options.Events.AddMaskingRuleForProtectedInformation<SessionRecorded>(e => e with
        {
            Notes = "", ActionItem = e.ActionItem is { } item ? item with { Text = "" } : null
        });

        options.Events.AddMaskingRuleForProtectedInformation<ReviewStepDone>(e => e with { Note = null });

        options.Projections.Snapshot<AgentMerges>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<AttendanceMonth>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<RampPlan>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<GoalList>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<CoachingSession>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<WeeklyReview>(SnapshotLifecycle.Inline);
        options.Projections.LiveStreamAggregation<RegisteredAgent>();
        options.Projections.LiveStreamAggregation<RegisteredTeam>();
        options.Projections.LiveStreamAggregation<RegisteredDepartment>();
        options.Schema.For<Agent>();
        options.Schema.For<Team>();
        options.Schema.For<Department>();
        options.Schema.For<CoachingSession>().Index(session => session.AgentId);
        options.Schema.For<WeeklyReview>().Index(review => review.Week);
    }
}
