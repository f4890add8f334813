using Refit;

namespace Performance.Portal.Api;

/// <summary>Teams side by side, and the lists that only this comparison opens.</summary>
public interface IDepartmentApi
{
    /// <summary>Null for the own department; for an admin, all teams.</summary>
    [Get("/api/scoring/department")]
    Task<DepartmentFigures> ReadAsync(string? month, string? department, CancellationToken cancel);

    /// <summary>The sessions that a number of the scorecard counted: measure <c>coachingSessions</c>.</summary>
    [Get("/api/scoring/scorecard/all/tickets")]
    Task<PageOf<HeldSession>> SessionsAsync(
        string measure, ScorecardFilter filter, int page, int pageSize, CancellationToken cancel);
}

/// <summary>The teams in a month, and all of them together.</summary>
public sealed record DepartmentFigures(
    string? Department, string Month, IReadOnlyList<TeamFigures> Teams, TeamFigures Total, int OldTicketDays,
    int LongHoldHours)
{
    /// <summary>The month is closed: its grades stay.</summary>
    public bool Frozen { get; init; }
}

/// <summary>A team, or null: agents without one. Rates are percent, unrounded; null is a dash.</summary>
public sealed record TeamFigures(
    string? TeamId, int People, long Allocated, long Processed, long FailedFirstPass, long Rejected, long ReRejected,
    decimal? FailedFirstPassRate, decimal? RejectRate, decimal? ReRejectionRate, long Open, long OldTickets,
    long LongHold, GradeCounts Grades, long CoachingSessions, IReadOnlyList<AgentToCoach> ToCoach,
    IReadOnlyList<DecliningAgent> Declining, IReadOnlyList<TrendMonth> Trend);

public sealed record GradeCounts(int A, int B, int C, int D, int None);

public sealed record AgentToCoach(
    Guid AgentId, string Name, string Grade, decimal? FailedFirstPassRate, long CoachingSessions);

public sealed record DecliningAgent(Guid AgentId, string Name, string? Since);

public sealed record TrendMonth(string Month, decimal? FailedFirstPassRate, decimal? RejectRate);

/// <summary>A coaching session in a list of Scoring's, without what was said.</summary>
public sealed record HeldSession(Guid SessionId, Guid AgentId, string AgentName, DateOnly Date, string By);
