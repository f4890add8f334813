using Performance.Scoring.Tickets;

namespace Performance.Scoring;

/// <summary>Writes a ticket's history in tests: each method is one thing that happened, a step of its own.</summary>
internal sealed class Story(string status = "Open", Guid? agent = null, string? source = null)
{
    public static readonly DateTimeOffset Beginning = new(2024, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly List<WorkEvent> events = [];
    private int step = 1;

    public Guid TicketId { get; init; } = Guid.NewGuid();

    public DateTimeOffset Clock { get; private set; } = Beginning;

    public IReadOnlyList<WorkEvent> Events => [Opening, .. events];

    public Guid Last => Events[^1].FactId;

    public WorkKind Kind { get; init; } = WorkKind.Imported;

    public string? Type { get; init; } = "Title";

    public string? State { get; init; } = "CA";

    public DateTimeOffset CreatedAt { get; init; } = Beginning;

    public DateTimeOffset? StatusAt { get; init; }

    private Guid OpeningId { get; } = Guid.NewGuid();

    private WorkEvent Opening => new WorkOpened(
        Kind, source ?? "test", $"T-{TicketId:n}", "A title", Type, State, status, StatusAt ?? CreatedAt, agent)
    {
        TicketId = TicketId, FactId = OpeningId, Step = 1, OccurredAt = CreatedAt, RecordedAt = CreatedAt
    };

    public Story After(TimeSpan time)
    {
        Clock += time;
        return this;
    }

    /// <summary>What comes next happens together with what came before.</summary>
    public Story Together()
    {
        step--;
        return this;
    }

    public Story Moves(string to) =>
        Add(new WorkStatusChanged(to) { TicketId = TicketId, FactId = Guid.NewGuid(), Step = ++step,
            OccurredAt = Clock, RecordedAt = Clock });

    public Story IsRejected(string label) =>
        Add(new WorkRejected(label) { TicketId = TicketId, FactId = Guid.NewGuid(), Step = ++step,
            OccurredAt = Clock, RecordedAt = Clock });

    public Story LosesLabel(Guid rejection) =>
        Add(new RejectionTakenBack(rejection) { TicketId = TicketId, FactId = Guid.NewGuid(), Step = ++step,
            OccurredAt = Clock, RecordedAt = Clock });

    public Story IsExcused(Guid? rejection = null) =>
        Add(new RejectionExcused(rejection, "sam", "county error") { TicketId = TicketId, FactId = Guid.NewGuid(),
            Step = ++step, OccurredAt = Clock, RecordedAt = Clock });

    public Story ExcuseIsWithdrawn(Guid? rejection = null) =>
        Add(new ExcuseWithdrawn(rejection, "sam", "was ours") { TicketId = TicketId, FactId = Guid.NewGuid(),
            Step = ++step, OccurredAt = Clock, RecordedAt = Clock });

    public Story GoesTo(Guid? to) =>
        Add(new WorkAssigned(to) { TicketId = TicketId, FactId = Guid.NewGuid(), Step = ++step,
            OccurredAt = Clock, RecordedAt = Clock });

    public Story BecomesType(string? type, string? state) =>
        Add(new WorkReclassified(type, state) { TicketId = TicketId, FactId = Guid.NewGuid(), Step = ++step,
            OccurredAt = Clock, RecordedAt = Clock });

    public TicketFacts Facts(StatusClasses? classes = null) => TicketFold.Facts(
        Events.Aggregate(TicketHistory.None(TicketId), (history, e) => history.With(e)),
        classes ?? StatusClasses.Default)!;

    private Story Add(WorkEvent happened)
    {
        events.Add(happened);
        return this;
    }
}
