using Refit;

namespace Performance.Portal.Api;

/// <summary>The weekly review, and the figures that only it asks for.</summary>
public interface IReviewsApi
{
    [Get("/api/coaching/weekly-reviews/{week}")]
    Task<ReviewsOfWeek> WeekAsync(string week, CancellationToken cancel);

    [Post("/api/coaching/weekly-reviews/{week}/steps/{step}")]
    Task<CommandAnswer> MarkAsync(string week, int step, [Body] StepMark mark, CancellationToken cancel);

    /// <summary>How many open tickets are too old or too long on hold; the lists are the dashboard's.</summary>
    [Get("/api/scoring/escalations?pageSize=1")]
    Task<EscalationCounts> EscalationsAsync(CancellationToken cancel);

    /// <summary>Disputes that wait for a decision.</summary>
    [Get("/api/tickets/disputes?state=open&pageSize=1")]
    Task<PageCount> DisputesAsync(CancellationToken cancel);
}

/// <param name="Mine">Null: not begun.</param>
/// <param name="Others">Those of other supervisors that this person may read.</param>
public sealed record ReviewsOfWeek(
    string Week, DateOnly From, DateOnly To, int StepCount, SupervisorReview? Mine,
    IReadOnlyList<SupervisorReview> Others);

public sealed record SupervisorReview(
    string Supervisor, IReadOnlyList<string> Teams, IReadOnlyList<ReviewTick> Steps, DateTimeOffset? CompletedAt);

/// <summary>A done step.</summary>
public sealed record ReviewTick(int Step, string By, DateTimeOffset At, string? Note);

public sealed record StepMark(bool Done, string? Note);

public sealed record PageCount(int Total);

public sealed record EscalationCounts(PageCount Old, PageCount LongHold, int OldTicketDays, int LongHoldHours);
