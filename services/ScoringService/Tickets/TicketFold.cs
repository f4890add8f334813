namespace Performance.Scoring.Tickets;

/// <summary>
/// Folds a ticket's history into facts (scorecard.md section 1). What shares a step happened together: its labels are
/// taken before its status change, so that a label and a change of one row belong to the same round, and its assignee
/// last, so that a rejection falls on who had the ticket when it was sent back (docs/adr/0050).
/// </summary>
internal sealed class TicketFold
{
    private readonly StatusClasses classes;
    private readonly List<Guid> takenBack;
    private readonly List<Candidate> candidates = [];
    private readonly HashSet<int> labelledRounds = [];
    private string? status;
    private Guid? agent;
    private int moment;
    private int terminalMoment = -1;
    private int round;
    private bool roundOpen;
    private DateTimeOffset? closedAt;
    private DateTimeOffset? firstMoveAt;
    private DateTimeOffset? holdSince;

    private TicketFold(TicketHistory history, StatusClasses classes)
    {
        this.classes = classes;
        takenBack = [.. history.Entries.Where(e => e.Kind == StepKind.TakenBack).Select(e => e.Ref!.Value)];
    }

    /// <summary>The facts, or null while the ticket's opening is not known.</summary>
    public static TicketFacts? Facts(TicketHistory history, StatusClasses classes)
    {
        if (history.Kind is null)
        {
            return null;
        }

        var fold = new TicketFold(history, classes);
        var entries = history.Entries.AsSpan();
        while (!entries.IsEmpty)
        {
            var together = 1;
            while (together < entries.Length && entries[together].Step == entries[0].Step)
            {
                together++;
            }

            fold.Take(entries[..together]);
            entries = entries[together..];
        }

        return fold.Result();
    }

    private void Take(ReadOnlySpan<HistoryEntry> together)
    {
        moment++;
        foreach (var e in together)
        {
            agent = e.Kind == StepKind.Opened ? e.Ref : agent;
        }

        foreach (var e in together)
        {
            if (e.Kind == StepKind.Rejected && !takenBack.Contains(e.FactId))
            {
                OpenRound();
                labelledRounds.Add(round);
                candidates.Add(new Candidate(e, round, agent, moment));
            }
        }

        foreach (var e in together)
        {
            switch (e.Kind)
            {
                case StepKind.Opened or StepKind.Status:
                    Enter(e);
                    break;
                case StepKind.Assigned:
                    agent = e.Ref;
                    break;
                case StepKind.Excused or StepKind.ExcuseWithdrawn:
                    foreach (var candidate in candidates.Where(c => e.Ref is null || c.Entry.FactId == e.Ref))
                    {
                        candidate.Excuse = e.Kind == StepKind.Excused ? ExcuseOf(e) : null;
                    }

                    break;
            }
        }
    }

    private void Enter(HistoryEntry e)
    {
        var (from, to) = (status, e.Text);
        status = to;
        firstMoveAt ??= e.Kind == StepKind.Status ? e.At : null;
        if (StatusClasses.IsRejection(to) && !StatusClasses.IsRejection(from))
        {
            OpenRound();
            candidates.Add(new Candidate(e, round, agent, moment));
        }

        var becameTerminal = classes.IsTerminal(to) && !classes.IsTerminal(from);
        if (becameTerminal)
        {
            terminalMoment = moment;
        }

        if (becameTerminal || (StatusClasses.IsRejection(from) && !StatusClasses.IsRejection(to)))
        {
            roundOpen = false;
        }

        closedAt = classes.IsClosed(to) && !classes.IsClosed(from) ? e.At : closedAt;
        holdSince = !classes.IsHold(to) ? null : classes.IsHold(from) ? holdSince : e.At;
    }

    private void OpenRound()
    {
        round += roundOpen ? 0 : 1;
        roundOpen = true;
    }

    private TicketFacts Result()
    {
        // An entry into a rejection status is an event of its own only when its round brought no label.
        var rejections = candidates
            .Where(c => c.Entry.Kind == StepKind.Rejected || !labelledRounds.Contains(c.Round))
            .Select(c => new RejectionEvent(
                c.Entry.FactId, c.Entry.Text!, c.Entry.Kind != StepKind.Rejected, c.Entry.At, c.Round, c.Agent,
                c.Excuse, c.Moment <= terminalMoment)).ToList();
        var counted = rejections.Where(r => !r.Excused).ToList();
        var terminal = classes.IsTerminal(status);
        var closed = classes.IsClosed(status);
        var flags = Flag(TicketFlags.Terminal, terminal) | Flag(TicketFlags.Closed, closed)
            | Flag(TicketFlags.Hold, classes.IsHold(status))
            | Flag(TicketFlags.FirstPass, terminal && rejections.Count == 0)
            | Flag(TicketFlags.FailedFirstPass, terminal && counted.Any(r => r.BeforeTerminal))
            | Flag(TicketFlags.Excused, rejections.Count > 0 && counted.Count == 0)
            | Flag(TicketFlags.Rejected, counted.Count > 0)
            | Flag(TicketFlags.ReRejected, counted.Select(r => r.Round).Distinct().Count() > 1)
            | Flag(TicketFlags.AnyRejection, rejections.Count > 0) | Flag(TicketFlags.Moved, firstMoveAt is not null);
        return new TicketFacts(status!, agent, flags, closed ? closedAt : null, firstMoveAt, holdSince, rejections);
    }

    private static Excuse ExcuseOf(HistoryEntry e)
    {
        var lines = e.Text!.Split('\n', 2);
        return new Excuse(lines[0], lines[1], e.At);
    }

    private static TicketFlags Flag(TicketFlags flag, bool holds) => holds ? flag : TicketFlags.None;

    private sealed class Candidate(HistoryEntry entry, int round, Guid? agent, int moment)
    {
        public HistoryEntry Entry { get; } = entry;

        public int Round { get; } = round;

        public Guid? Agent { get; } = agent;

        public int Moment { get; } = moment;

        public Excuse? Excuse { get; set; }
    }
}
