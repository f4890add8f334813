using Refit;

namespace Performance.Portal.Api;

/// <summary>Versions of the score policy, and what a draft would move; for admins.</summary>
public interface IPolicyApi
{
    [Get("/api/scoring/policies")]
    Task<PolicyList> ListAsync(long? atLeast, CancellationToken cancel);

    [Post("/api/scoring/policies")]
    Task<CommandAnswer> PublishAsync(
        [Body] PolicyDraft draft, [Header("If-Match")] string version, [Header("Idempotency-Key")] string key,
        CancellationToken cancel);

    [Post("/api/scoring/policies/simulate")]
    Task<PolicyMoves> SimulateAsync(
        [Body] PolicyWhatIf draft, [Query] int page, [Query] int pageSize, CancellationToken cancel);

    [Get("/api/scoring/policies/{version}/moves")]
    Task<PolicyMoves> MovesAsync(int version, int page, int pageSize, long? atLeast, CancellationToken cancel);
}

/// <summary>Every version, oldest first, and the one in force today.</summary>
public sealed record PolicyList(IReadOnlyList<PolicyVersion> Items, int Total, int InForce, long Position)
{
    public PolicyVersion? Find(int version) => Items.FirstOrDefault(v => v.Version == version);

    /// <summary>What a version followed: of the days before its date the one that was in force.</summary>
    public PolicyVersion? Before(PolicyVersion version) => Items
        .Where(v => v.Version < version.Version && v.EffectiveFrom <= version.EffectiveFrom)
        .OrderBy(v => v.EffectiveFrom).ThenBy(v => v.Version).LastOrDefault();
}

public sealed record PolicyVersion(
    int Version, DateOnly EffectiveFrom, ScorePolicy Policy, string By, DateTimeOffset PublishedAt);

public sealed record PolicyDraft(string EffectiveFrom, ScorePolicy Policy);

/// <summary>A draft tried on months; throughout: as if it had been in force in all of them.</summary>
public sealed record PolicyWhatIf(string EffectiveFrom, ScorePolicy Policy, string From, string To, bool Throughout);

/// <summary>A page of the agents' months that a version or draft moves.</summary>
public sealed record PolicyMoves(
    int Version, DateOnly EffectiveFrom, PolicyMoveCounts Counts, IReadOnlyList<PolicyMove> Items, int Total)
{
    /// <summary>Months of the period that were closed before: they stay as they are.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];
}

public sealed record PolicyMoveCounts(
    int Rows, int Staying, int GradesMoved, int GradesUp, int GradesDown, int BandsMoved, int ScoresMoved);

public sealed record PolicyMove(Guid AgentId, string Name, string Month, MonthOutcome From, MonthOutcome To);

public sealed record MonthOutcome(
    string? Grade, string? BaseGrade, decimal Score, decimal MeasuredMax, string? ScoreBand);

/// <summary>Every threshold of scoring. Bands are listed best first; rates are percent.</summary>
public sealed record ScorePolicy(
    IReadOnlyList<GradeBand> GradeUpTo,
    string GradeBeyond,
    IReadOnlyList<AttendanceDrop> AttendanceDrops,
    int DropBelow,
    ComponentBands FirstPassFrom,
    ComponentBands ReRejectionUpTo,
    ComponentBands RejectUpTo,
    ComponentBands AttendanceFrom,
    decimal ProductivityMax,
    IReadOnlyList<decimal> RampTargets,
    decimal TenuredTarget,
    IReadOnlyList<GradeBand> ScoreFrom,
    string ScoreBeyond,
    decimal RejectFailAbove,
    decimal ReRejectionFailAbove,
    IReadOnlyList<string> CoachingGrades,
    int OldTicketDays,
    int AmberTicketDays,
    int LongHoldHours,
    string FailedFirstPassDenominator,
    string RejectionCredit)
{
    public static IReadOnlyList<string> Letters { get; } = ["A", "B", "C", "D"];
}

public sealed record GradeBand(decimal Limit, string Grade);

public sealed record PointBand(decimal Limit, decimal Points);

public sealed record AttendanceDrop(decimal From, int Drop);

public sealed record ComponentBands(decimal Max, IReadOnlyList<PointBand> Bands);
