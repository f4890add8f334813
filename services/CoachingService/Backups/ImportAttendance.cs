using Performance.Coaching.Attendance;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Backups;

/// <summary>Section <c>attendance</c>: each month as it was recorded then, unless it was recorded here later.</summary>
internal static class ImportAttendance
{
    internal sealed record Command(
        Guid Stream, Guid AgentId, DateOnly Month, decimal Percent, string By, DateTimeOffset At);

    public static SectionImport<PortalAttendance, Command> Section(AgentMatching agents, DateTimeOffset now) => new(
        "attendance", entry => Read(entry, agents, now), entry => entry.AgentId,
        command => command.Stream.ToString(), command => command.Stream,
        (commands, session, cancel) => LastWord.DecideAsync<Command, AttendanceMonth>(
            commands, command => command.Stream, Decide, session, cancel));

    public static IReadOnlyList<object> Decide(StreamHead? head, Command command)
    {
        var last = head?.Read<AttendanceRecorded>();
        return command.At <= last?.OccurredAt
            ? []
            : RecordAttendance.Decide(
                last is null ? null : AttendanceMonth.Create(last), command.AgentId, command.Month, command.Percent,
                command.By, command.At);
    }

    private static Command Read(PortalAttendance entry, AgentMatching agents, DateTimeOffset now)
    {
        var agent = agents.Of("agentId", entry.AgentId);
        var month = Input.Month("month", entry.Month);
        return new Command(
            StreamIds.Attendance(agent, month), agent, month,
            RecordAttendance.Checked(entry.Percent ?? throw new InvalidFieldException("percent", "is missing")),
            PortalFields.By(entry.By), PortalFields.Instant("at", entry.At, now));
    }
}
