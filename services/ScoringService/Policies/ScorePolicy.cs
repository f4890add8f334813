using System.Text.Json.Serialization;

namespace Performance.Scoring.ScorePolicies;

[JsonConverter(typeof(JsonStringEnumConverter<FailedDenominator>))]
internal enum FailedDenominator
{
    Processed,
    Allocated
}

[JsonConverter(typeof(JsonStringEnumConverter<RejectionCredit>))]
internal enum RejectionCredit
{
    Current,
    AtRejection
}

/// <summary>The letter that a value up to (or from) a limit earns.</summary>
internal sealed record GradeBand(decimal Limit, string Grade);

/// <summary>The points that a value up to (or from) a limit earns.</summary>
internal sealed record PointBand(decimal Limit, decimal Points);

/// <summary>How many grades attendance from a limit upwards costs, in all.</summary>
internal sealed record AttendanceDrop(decimal From, int Drop);

/// <summary>The bands of a component: the first one whose limit holds counts, else 0.</summary>
internal sealed record ComponentBands(decimal Max, IReadOnlyList<PointBand> Bands);

/// <summary>
/// Every threshold of scorecard.md sections 3, 4 and 6, as data. Bands are listed best first. Rates are percent,
/// targets entries a day.
/// </summary>
internal sealed record ScorePolicy(
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
    FailedDenominator FailedFirstPassDenominator,
    RejectionCredit RejectionCredit)
{
    /// <summary>The letters, best first; a drop moves down this list and stops at its end.</summary>
    public static IReadOnlyList<string> Letters { get; } = ["A", "B", "C", "D"];

    /// <summary>The place of a letter, from 0 for the best; no letter comes after all of them.</summary>
    public static int RankOf(string? letter) =>
        Enumerable.Range(0, Letters.Count).FirstOrDefault(i => Letters[i] == letter, Letters.Count);

    /// <summary>The policy from the beginning: the figures of scorecard.md.</summary>
    public static ScorePolicy Default { get; } = new(
        GradeUpTo: [new(3.0m, "A"), new(6.5m, "B"), new(10.0m, "C")],
        GradeBeyond: "D",
        AttendanceDrops: [new(95m, 0), new(85m, 1), new(75m, 2)],
        DropBelow: 2,
        FirstPassFrom: new(40m, [new(98m, 40m), new(95m, 30m), new(90m, 20m)]),
        ReRejectionUpTo: new(15m, [new(1m, 15m), new(3m, 10m), new(5m, 5m)]),
        RejectUpTo: new(25m, [new(2m, 25m), new(4m, 15m), new(5m, 8m)]),
        AttendanceFrom: new(10m, [new(100m, 10m), new(95m, 8m), new(90m, 6m), new(85m, 4m), new(80m, 2m)]),
        ProductivityMax: 10m,
        RampTargets: [10m, 15m],
        TenuredTarget: 20m,
        ScoreFrom: [new(95m, "A"), new(85m, "B"), new(75m, "C")],
        ScoreBeyond: "D",
        RejectFailAbove: 5m,
        ReRejectionFailAbove: 5m,
        CoachingGrades: ["C", "D"],
        OldTicketDays: 25,
        AmberTicketDays: 10,
        LongHoldHours: 168,
        FailedFirstPassDenominator: FailedDenominator.Processed,
        RejectionCredit: RejectionCredit.Current);

    /// <summary>What bands compare and screens show: one decimal, half away from zero.</summary>
    public static decimal Shown(decimal value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);

    /// <summary>The daily target in a month: a new hire's grows with each calendar month.</summary>
    public decimal TargetOn(DateOnly day, DateOnly? hireMonth)
    {
        if (hireMonth is not { } hired)
        {
            return TenuredTarget;
        }

        var rampMonth = Math.Max(0, ((day.Year - hired.Year) * 12) + day.Month - hired.Month);
        return rampMonth < RampTargets.Count ? RampTargets[rampMonth] : TenuredTarget;
    }
}
