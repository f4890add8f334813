using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Problems;
using Performance.Tickets.WorkLog;

namespace Performance.Tickets.Backups;

/// <summary>Section <c>productivity</c>: each day as it was logged then, unless it was logged here later.</summary>
internal static class ImportWorkDays
{
    internal sealed record Command(Guid Stream, PutWorkDay.Command Day, DateTimeOffset At);

    /// <param name="agents">Whom the document's agents are here.</param>
    /// <param name="by">Who imports: the document does not say who logged, which is the agent.</param>
    /// <param name="now">Nothing lies behind it.</param>
    public static SectionImport<PortalDay, Command> Section(AgentMatching agents, string by, DateTimeOffset now) => new(
        "productivity", entry => Read(entry, agents, by, now), entry => entry.AgentId,
        command => command.Stream.ToString(), command => command.Stream,
        (commands, session, cancel) => LastWord.DecideAsync<Command, WorkDay>(
            commands, command => command.Stream, Decide, session, cancel));

    /// <returns>No events: what is here is the same, or newer.</returns>
    public static IReadOnlyList<object> Decide(StreamHead? head, Command command)
    {
        var last = head?.Type == "day_logged" ? head.Read<DayLogged>() : (object?)head?.Read<DayCleared>();
        var lastAt = last is DayLogged logged ? logged.OccurredAt : (last as DayCleared)?.OccurredAt;
        return command.At <= lastAt
            ? []
            : PutWorkDay.Decide(
                last is null ? null : WorkDay.Evolve(null, command.Stream, last), command.Day, command.At);
    }

    private static Command Read(PortalDay entry, AgentMatching agents, string by, DateTimeOffset now)
    {
        var agent = agents.Of("agentId", entry.AgentId);
        var date = Input.Date("date", entry.Date);
        var body = new PutWorkDay.Body(entry.Notes, [
            .. (entry.Entries ?? []).Select(e =>
                e is null ? null : new PutWorkDay.EntryBody(e.Id, e.AccessId, e.Status, e.Client, e.Comments))
        ]);
        return new Command(
            PutWorkDay.StreamOf(agent, date), PutWorkDay.Read(agent, date, body, by, now, erased: true),
            PortalFields.Instant("at", entry.At, now));
    }
}
