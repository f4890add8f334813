using Refit;

namespace Performance.Portal.Api;

/// <summary>A page of a list.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, int Total)
{
    public static PageOf<T> Empty { get; } = new([], 0);
}

/// <summary>The filters of scorecard.md section 7: AND across them, OR inside one.</summary>
public sealed record ScorecardFilter
{
    [AliasAs("month")] public IReadOnlyList<string> Months { get; init; } = [];

    [AliasAs("week")] public IReadOnlyList<string> Weeks { get; init; } = [];

    [AliasAs("day")] public IReadOnlyList<string> Days { get; init; } = [];

    [AliasAs("assignee")] public IReadOnlyList<string> Assignees { get; init; } = [];

    [AliasAs("type")] public IReadOnlyList<string> Types { get; init; } = [];

    [AliasAs("state")] public IReadOnlyList<string> States { get; init; } = [];

    [AliasAs("status")] public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Tickets of these teams' people; an empty one: of agents without a team.</summary>
    [AliasAs("team")] public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Null or true: only tickets with a coaching entry.</summary>
    [AliasAs("coached")] public string? Coached { get; init; }

    /// <summary>Of lists of rejection events: their defect categories.</summary>
    [AliasAs("label")] public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Of lists of tickets: the day on which something happened to them.</summary>
    [AliasAs("touched")] public string? Touched { get; init; }

    /// <summary>Of lists behind a month's cell: the month of creation, under the policy of the whole.</summary>
    [AliasAs("createdIn")] public string? CreatedIn { get; init; }

    /// <summary>Of scorecards and lists: an earlier instant at which they are as they were known.</summary>
    [AliasAs("asOf")] public string? AsOf { get; init; }
}

public sealed record Scorecard(
    ScorecardKpis Kpis, IReadOnlyList<ScorecardRow> Agents, long Position, DateTimeOffset AsOf)
{
    /// <summary>What the policy in force flags; null of the past.</summary>
    public ScorecardLimits? Limits { get; init; }
}

/// <summary>Rates in percent above which a row is flagged, and grades that ask for coaching.</summary>
public sealed record ScorecardLimits(decimal RejectRate, decimal ReRejectionRate, IReadOnlyList<string> CoachingGrades);

public sealed record ScorecardKpis(
    long Allocated, long Closed, decimal? CloseRate, decimal? AvgCycleDays, long Rejected, decimal? ErrorDensity)
{
    /// <summary>Rejected tickets after excuses, where the service says so.</summary>
    public long? RejectedAfterExcuses { get; init; }

    public decimal? ErrorDensityAfterExcuses { get; init; }
}

/// <summary>A row of the scorecard. Rates are percent, unrounded; null is a dash.</summary>
public sealed record ScorecardRow(
    Guid? AgentId, string Name, long Allocated, long FirstPass, long FailedFirstPass, long Excused,
    decimal? FirstPassRate, decimal? FailedFirstPassRate, decimal? AvgCycleDays, decimal? AvgOpenToMoveDays,
    long OnHold, long Rejected, long RejectEvents, long ReRejected, decimal? RejectRate, decimal? ReRejectionRate,
    decimal? Attendance, decimal? DailyAvg, decimal? Target, long CoachingSessions, decimal? Score,
    decimal? MeasuredMax, string? ScoreBand, string? BaseGrade, string? Grade, int? Drop, string? GradeNote)
{
    public long Closed { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Grade and score are those of a closed month.</summary>
    public bool Frozen { get; init; }

    public string Key => AgentId?.ToString() ?? IScoringApi.Unassigned;
}

/// <summary>The values that each filter can take for this person; an empty type, state or status is none at
/// all.</summary>
public sealed record FilterChoices(
    IReadOnlyList<string> Months, IReadOnlyList<string> Weeks, IReadOnlyList<AssigneeChoice> Assignees,
    IReadOnlyList<string> Types, IReadOnlyList<string> States, IReadOnlyList<string> Statuses);

public sealed record AssigneeChoice(Guid? AgentId, string Name);

public sealed record Choice(string Id, string Name);

/// <summary>A ticket behind a number; of <c>rejectEvents</c>, one rejection of a ticket.</summary>
public sealed record ScoredTicket(
    Guid TicketId, string ExternalId, string? Title, string? Type, string? State, string? Status,
    Guid? AgentId, string? AgentName, DateTimeOffset? CreatedAt, DateTimeOffset? ClosedAt)
{
    public IReadOnlyList<ScoredRejection> RejectionEvents { get; init; } = [];

    public DateTimeOffset? HoldSince { get; init; }

    public Guid? EventId { get; init; }

    public string? Label { get; init; }

    public DateTimeOffset? At { get; init; }

    public bool Excused { get; init; }
}

public sealed record ScoredRejection(Guid EventId, string Label, DateTimeOffset At, bool Excused);

/// <summary>How a grade came about.</summary>
public sealed record GradeReceipt(
    string? Grade, string? BaseGrade, int? Drop, decimal? Score, string? ScoreBand, int? PolicyVersion,
    IReadOnlyList<ScorePart>? Components, IReadOnlyList<ReceiptEvent>? Events, IReadOnlyList<ReceiptMove>? Moves)
{
    public string? Month { get; init; }

    public ScorecardRow? Inputs { get; init; }

    public decimal? MeasuredMax { get; init; }

    public string? GradeNote { get; init; }

    /// <summary>The month is closed: nothing moves it any more.</summary>
    public bool Frozen { get; init; }
}

public sealed record ScorePart(string Name, decimal? Value, string? Band, decimal Points, decimal Max);

public sealed record ReceiptEvent(string Measure, Guid TicketId, Guid? EventId);

public sealed record ReceiptMove(string Change, string Effect);
