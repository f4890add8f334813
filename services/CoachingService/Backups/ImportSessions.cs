using Marten;
using Performance.Coaching.Sessions;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Backups;

/// <summary>
/// Section <c>coachingLogs</c>: sessions that are not here are logged as they were; of those that are here only what
/// was answered since comes in, as a logged session is never changed.
/// </summary>
internal static class ImportSessions
{
    private const int LongestName = 200;

    internal sealed record Command(
        RecordSession.Command Session, string By, DateTimeOffset At, DateTimeOffset? AcknowledgedAt,
        DateTimeOffset? DoneAt);

    public static SectionImport<PortalCoachingLog, Command> Section(
        AgentMatching agents, string by, DateTimeOffset now) => new(
        "coachingLogs", entry => Read(entry, agents, now), entry => entry.Id,
        command => command.Session.SessionId.ToString(), command => command.Session.SessionId,
        (commands, session, cancel) => DecideAsync(commands, session, by, cancel));

    /// <param name="state">The session, if it is here.</param>
    /// <param name="reopenedAt">When its action item was opened again last.</param>
    /// <param name="command">The session as the document has it.</param>
    /// <param name="by">Who imports: the document does not say who answered.</param>
    /// <exception cref="DomainException">Another session has this id here.</exception>
    public static IReadOnlyList<object> Decide(
        CoachingSession? state, DateTimeOffset? reopenedAt, Command command, string by)
    {
        var recorded = RecordSession.Decide(state, command.Session, command.By, command.At);
        var session = state ?? CoachingSession.Create((SessionRecorded)recorded[0]);
        return
        [
            .. recorded,
            .. command.AcknowledgedAt is { } acknowledged
                ? AnswerSession.Acknowledge(session, by, acknowledged) : [],
            .. command.DoneAt is { } done && session.ActionDoneAt is null && !(reopenedAt >= done)
                ? AnswerSession.MarkActionItem(session, true, by, done) : []
        ];
    }

    private static Command Read(PortalCoachingLog entry, AgentMatching agents, DateTimeOffset now)
    {
        // An empty text was erased, which no command may send.
        var body = new RecordSession.Body(
            agents.Of("agentId", entry.AgentId).ToString(), entry.TicketId, entry.Date, Filled(entry.Notes),
            entry.ActionItem is { } item
                ? new RecordSession.Item(Filled(item.Text), item.Owner, item.DueDate)
                : null,
            entry.Id, entry.TicketName);
        var read = RecordSession.Read(
            Input.Id("id", entry.Id), body, DateOnly.FromDateTime(now.UtcDateTime));
        return new Command(
            read with
            {
                Notes = entry.Notes!.Length == 0 ? "" : read.Notes,
                ActionItem = entry.ActionItem?.Text is { Length: 0 } ? read.ActionItem! with { Text = "" }
                    : read.ActionItem,
                // The old portal's logs know a ticket by its number alone.
                TicketName = Input.OptionalLine("ticketName", entry.TicketName, LongestName)
            },
            PortalFields.By(entry.By), PortalFields.Instant("at", entry.At, now),
            PortalFields.OptionalInstant("acknowledgedAt", entry.AcknowledgedAt, now),
            PortalFields.OptionalInstant("actionItem.doneAt", entry.ActionItem?.DoneAt, now));
    }

    private static string? Filled(string? text) => text is { Length: 0 } ? "erased" : text;

    private static async Task<IReadOnlyList<EntryResult>> DecideAsync(
        IReadOnlyList<Command> commands, IDocumentSession session, string by, CancellationToken cancel)
    {
        Guid[] ids = [.. commands.Select(c => c.Session.SessionId)];
        // Versions first: what is appended in between makes the append fail, and the batch decide again.
        var heads = await StreamHead.LoadAsync(session, ids, cancel);
        var states = (await session.LoadManyAsync<CoachingSession>(cancel, ids)).ToDictionary(s => s.Id);
        var results = new List<EntryResult>(commands.Count);
        foreach (var command in commands)
        {
            var state = states.GetValueOrDefault(command.Session.SessionId);
            results.Add(await AppendAsync(
                session, state, heads.GetValueOrDefault(command.Session.SessionId), command, by, cancel));
        }

        return results;
    }

    private static async Task<EntryResult> AppendAsync(
        IDocumentSession session, CoachingSession? state, StreamHead? head, Command command, string by,
        CancellationToken cancel)
    {
        var id = command.Session.SessionId;
        if (head is not null && state is null)
        {
            return EntryResult.Refused("id", "is the id of something else here");
        }

        var reopened = state is { ActionItem: not null, ActionDoneAt: null } && command.DoneAt is not null
            ? (await session.Events.FetchStreamAsync(id, token: cancel)).Select(e => e.Data)
                .OfType<ActionItemReopened>().LastOrDefault()
            : null;
        try
        {
            var events = Decide(state, reopened?.OccurredAt, command, by);
            if (events.Count == 0)
            {
                return EntryResult.Unchanged;
            }

            if (state is null)
            {
                session.Events.StartStream<CoachingSession>(id, events);
                return EntryResult.Created;
            }

            session.Events.Append(id, head!.Version + events.Count, events);
            return EntryResult.Changed;
        }
        catch (DomainException)
        {
            return EntryResult.Refused("id", "is another session's here, which stays as it is");
        }
    }
}
