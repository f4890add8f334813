using Performance.Coaching.Attendance;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Backups;

/// <summary>Section <c>rampPlans</c>: each hire month as it was set then, unless it was set here later.</summary>
internal static class ImportRampPlans
{
    internal sealed record Command(Guid Stream, Guid AgentId, DateOnly HireMonth, string By, DateTimeOffset At);

    public static SectionImport<PortalRampPlan, Command> Section(AgentMatching agents, DateTimeOffset now) => new(
        "rampPlans", entry => Read(entry, agents, now), entry => entry.AgentId,
        command => command.Stream.ToString(), command => command.Stream,
        (commands, session, cancel) => LastWord.DecideAsync<Command, RampPlan>(
            commands, command => command.Stream, Decide, session, cancel));

    public static IReadOnlyList<object> Decide(StreamHead? head, Command command)
    {
        var last = head?.Read<RampPlanSet>();
        return command.At <= last?.OccurredAt
            ? []
            : SetRampPlan.Decide(
                last is null ? null : RampPlan.Create(last), command.AgentId, command.HireMonth, command.By,
                command.At);
    }

    private static Command Read(PortalRampPlan entry, AgentMatching agents, DateTimeOffset now)
    {
        var agent = agents.Of("agentId", entry.AgentId);
        return new Command(
            StreamIds.RampPlan(agent), agent, Input.Month("hireMonth", entry.HireMonth), PortalFields.By(entry.By),
            PortalFields.Instant("at", entry.At, now));
    }
}
