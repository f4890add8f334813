using Performance.Scoring.Tickets;

namespace Performance.Scoring;

/// <summary>
/// Scorecard.md section 1 written down a second time, definition by definition over the whole history, without a
/// running state: what the fold is compared with.
/// </summary>
internal sealed class NaiveTicket
{
    private readonly StatusClasses classes;
    private readonly List<(int Moment, WorkEvent Event)> line = [];
    private readonly List<(int At, string? From, string To)> changes = [];

    public NaiveTicket(IReadOnlyList<WorkEvent> events, StatusClasses classes)
    {
        this.classes = classes;
        var gone = events.OfType<RejectionTakenBack>().Select(e => e.RejectionId).ToHashSet();
        var moment = 0;
        foreach (var together in Steps(events))
        {
            moment++;
            line.AddRange(together.OfType<WorkRejected>().Where(e => !gone.Contains(e.FactId))
                .Select(e => (moment, (WorkEvent)e)));
            line.AddRange(together.Where(e => e is not WorkRejected).Select(e => (moment, e)));
        }

        string? status = null;
        foreach (var (index, (_, e)) in line.Index())
        {
            if (StatusOf(e) is { } to)
            {
                changes.Add((index, status, to));
                status = to;
            }
        }

        Status = status!;
    }

    public string Status { get; }

    public Guid? Agent => AgentBefore(line.Count);

    public IEnumerable<(Guid Id, int Round, bool Excused, bool BeforeTerminal, Guid? Agent)> Rejections()
    {
        var signals = line.Index().Where(x => x.Item.Event is WorkRejected || changes.Any(c =>
            c.At == x.Index && StatusClasses.IsRejection(c.To) && !StatusClasses.IsRejection(c.From))).ToList();
        var ends = changes.Where(c => (StatusClasses.IsRejection(c.From) && !StatusClasses.IsRejection(c.To))
            || BecameTerminal(c)).Select(c => c.At).ToList();
        var rounds = signals.GroupBy(s => ends.Count(end => end < s.Index)).OrderBy(g => g.Key).ToList();
        foreach (var (number, round) in rounds.Index())
        {
            var labels = round.Where(s => s.Item.Event is WorkRejected).ToList();
            foreach (var (index, (moment, e)) in labels.Count > 0 ? labels : [.. round])
            {
                yield return (e.FactId, number + 1, IsExcused(e.FactId, index), moment <= TerminalMoment(),
                    AgentAtStartOf(moment));
            }
        }
    }

    public TicketFlags Flags()
    {
        var all = Rejections().ToList();
        var counted = all.Where(r => !r.Excused).ToList();
        var terminal = classes.IsTerminal(Status);
        var flags = TicketFlags.None;
        void When(bool holds, TicketFlags flag) => flags |= holds ? flag : TicketFlags.None;
        When(terminal, TicketFlags.Terminal);
        When(classes.IsClosed(Status), TicketFlags.Closed);
        When(classes.IsHold(Status), TicketFlags.Hold);
        When(terminal && all.Count == 0, TicketFlags.FirstPass);
        When(terminal && counted.Any(r => r.BeforeTerminal), TicketFlags.FailedFirstPass);
        When(all.Any(r => r.Excused) && counted.Count == 0, TicketFlags.Excused);
        When(counted.Count > 0, TicketFlags.Rejected);
        When(counted.DistinctBy(r => r.Round).Count() >= 2, TicketFlags.ReRejected);
        When(all.Count > 0, TicketFlags.AnyRejection);
        When(line.Any(x => x.Event is WorkStatusChanged), TicketFlags.Moved);
        return flags;
    }

    public DateTimeOffset? ClosedAt() => !classes.IsClosed(Status) ? null
        : At(changes.Last(c => classes.IsClosed(c.To) && !classes.IsClosed(c.From)).At);

    public DateTimeOffset? HoldSince() => !classes.IsHold(Status) ? null
        : At(changes.Last(c => classes.IsHold(c.To) && !classes.IsHold(c.From)).At);

    public DateTimeOffset? FirstMoveAt() =>
        line.Select(x => x.Event).OfType<WorkStatusChanged>().FirstOrDefault()?.OccurredAt;

    private static IEnumerable<IReadOnlyList<WorkEvent>> Steps(IReadOnlyList<WorkEvent> events)
    {
        for (var from = 0; from < events.Count;)
        {
            var step = events.Skip(from).TakeWhile(e => e.Step == events[from].Step).ToList();
            yield return step;
            from += step.Count;
        }
    }

    private static string? StatusOf(WorkEvent e) => e switch
    {
        WorkOpened opened => opened.Status,
        WorkStatusChanged changed => changed.Status,
        _ => null
    };

    private DateTimeOffset At(int index) =>
        line[index].Event is WorkOpened opened ? opened.StatusAt : line[index].Event.OccurredAt;

    private bool BecameTerminal((int At, string? From, string To) c) =>
        classes.IsTerminal(c.To) && !classes.IsTerminal(c.From);

    private int TerminalMoment() =>
        changes.Where(BecameTerminal).Select(c => line[c.At].Moment).DefaultIfEmpty(-1).Last();

    private bool IsExcused(Guid id, int from) => line.Skip(from + 1).Select(x => x.Event)
        .Where(e => e is RejectionExcused { RejectionId: null } or ExcuseWithdrawn { RejectionId: null }
            || (e as RejectionExcused)?.RejectionId == id || (e as ExcuseWithdrawn)?.RejectionId == id)
        .LastOrDefault() is RejectionExcused;

    private Guid? AgentAtStartOf(int moment) =>
        moment == 1 ? line.Select(x => x.Event).OfType<WorkOpened>().First().AgentId
        : AgentBefore(line.FindIndex(x => x.Moment == moment));

    private Guid? AgentBefore(int index) => line.Take(index).Select(x => x.Event).LastOrDefault(
        e => e is WorkOpened or WorkAssigned) switch
    {
        WorkOpened opened => opened.AgentId,
        WorkAssigned assigned => assigned.AgentId,
        _ => null
    };
}
