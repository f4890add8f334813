using Refit;

namespace Performance.Portal.Api;

/// <summary>What supervisors go through every week: open work, rejections and grades over time.</summary>
public interface ISupervisionApi
{
    /// <summary>Open tickets, oldest first unless <paramref name="sort"/> names a column.</summary>
    [Get("/api/scoring/pipeline")]
    Task<PageOf<PipelineTicket>> PipelineAsync(
        ScorecardFilter filter, string? search, string? sort, bool? desc, int page, int pageSize,
        CancellationToken cancel);

    [Get("/api/scoring/rejections")]
    Task<RejectionAnalysis> RejectionsAsync(ScorecardFilter filter, long? atLeast, CancellationToken cancel);

    /// <summary>Whose grade of this month asks for a conversation.</summary>
    [Get("/api/scoring/coaching-due")]
    Task<CoachingDue> CoachingDueAsync(long? atLeast, CancellationToken cancel);

    /// <summary>How much each agent logged, day by day.</summary>
    [Get("/api/scoring/work-days")]
    Task<WorkDays> WorkDaysAsync(ScorecardFilter filter, CancellationToken cancel);

    [Get("/api/scoring/history")]
    Task<GradeHistory> HistoryAsync(int? year, ScorecardFilter filter, CancellationToken cancel);
}

/// <summary>An open ticket; <c>Age</c> is fresh, amber or red by the score policy's limits.</summary>
public sealed record PipelineTicket(
    ScoredTicket Ticket, decimal DaysSinceCreated, string Age, decimal? HoldHours);

/// <summary>Rejection events that are not excused, by defect category.</summary>
public sealed record RejectionAnalysis(
    long Events, IReadOnlyList<DefectCategory> Categories, IReadOnlyList<RejectedAgent> Agents);

/// <summary>A category; its counts by agent (id or <c>unassigned</c>) and by month.</summary>
public sealed record DefectCategory(
    string Category, long Events, long Tickets, decimal Share, string Risk, IReadOnlyList<LabelCount> Labels,
    IReadOnlyDictionary<string, long> ByAgent, IReadOnlyDictionary<string, long> ByMonth);

/// <summary>Events of one label in a category.</summary>
public sealed record LabelCount(string Label, long Events);

public sealed record RejectedAgent(string Key, Guid? AgentId, string Name, long Events);

/// <summary>
/// Agents whose grade this month asks for coaching (the policy says which do, by default C and D): due until a session
/// of this week is logged.
/// </summary>
public sealed record CoachingDue(string Month, IReadOnlyList<DueAgent> Agents)
{
    /// <summary>The flag that Scoring puts on such a row.</summary>
    public const string Flag = "coachingDue";

    public int Waiting => Agents.Count(a => !a.Talked);
}

/// <summary>An agent who needs a conversation this week, and when there last was one.</summary>
public sealed record DueAgent(ScorecardRow Row, DateOnly? LastSession, bool Talked);

/// <summary>Agents with what they logged; of those who logged nothing, no day.</summary>
public sealed record WorkDays(IReadOnlyList<WorkDaysOfAgent> Agents);

public sealed record WorkDaysOfAgent(
    Guid AgentId, string Name, decimal? DailyAvg, decimal? Target, long Entries, IReadOnlyList<WorkDayCount> Days);

/// <summary>The log of a day in numbers: its entries, and how many were asked for.</summary>
public sealed record WorkDayCount(DateOnly Date, long Entries, decimal Target);

/// <summary>Grades per agent and calendar month of creation.</summary>
public sealed record GradeHistory(int Year, IReadOnlyList<HistoryAgent> Agents, IReadOnlyList<int> Years);

public sealed record HistoryAgent(
    Guid AgentId, string Name, IReadOnlyList<HistoryMonth> Months, bool Declining, string? DecliningSince);

/// <summary>An agent's month; null grade where nothing was processed.</summary>
public sealed record HistoryMonth(
    string Month, long Allocated, string? Grade, string? BaseGrade, string? GradeNote, decimal? FailedFirstPassRate,
    decimal? Attendance, decimal? Score, decimal? MeasuredMax, string? ScoreBand, int? Drop)
{
    /// <summary>The month is closed: the grade stays as it was then.</summary>
    public bool Frozen { get; init; }
}
