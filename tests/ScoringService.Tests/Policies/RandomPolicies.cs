using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring;

/// <summary>Random policies that can be published. A seed makes the same one again.</summary>
internal static class RandomPolicies
{
    public static ScorePolicy Of(int seed)
    {
        var random = new Random(seed);
        var (grades, beyond) = Letters(random, Limits(random, 4));
        var (bands, scoreBeyond) = Letters(random, Limits(random, 4).Reverse());
        var drops = Limits(random, 4).Reverse().ToList();
        int[] costs = [.. Enumerable.Range(0, drops.Count + 1).Select(_ => random.Next(4)).Order()];
        return ScorePolicy.Default with
        {
            GradeUpTo = grades, GradeBeyond = beyond, ScoreFrom = bands, ScoreBeyond = scoreBeyond,
            AttendanceDrops = [.. drops.Select((limit, i) => new AttendanceDrop(limit, costs[i]))],
            DropBelow = costs[^1],
            FirstPassFrom = Component(random, Limits(random, 5).Reverse()),
            AttendanceFrom = Component(random, Limits(random, 5).Reverse()),
            ReRejectionUpTo = Component(random, Limits(random, 5)),
            RejectUpTo = Component(random, Limits(random, 5)),
            ProductivityMax = random.Next(30),
            RampTargets = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Tenths(random, 300) + 0.1m)],
            TenuredTarget = Tenths(random, 300) + 0.1m,
            FailedFirstPassDenominator =
                random.Next(2) == 0 ? FailedDenominator.Processed : FailedDenominator.Allocated,
            RejectionCredit = random.Next(2) == 0 ? RejectionCredit.Current : RejectionCredit.AtRejection
        };
    }

    private static (IReadOnlyList<GradeBand>, string) Letters(Random random, IEnumerable<decimal> limits)
    {
        var each = limits.ToList();
        string[] letters =
        [
            .. Enumerable.Range(0, each.Count + 1).Select(_ => ScorePolicy.Letters[random.Next(4)]).Order()
        ];
        return ([.. each.Select((limit, i) => new GradeBand(limit, letters[i]))], letters[^1]);
    }

    private static ComponentBands Component(Random random, IEnumerable<decimal> limits)
    {
        var each = limits.ToList();
        var max = random.Next(41);
        decimal[] points = [.. each.Select(_ => Math.Min(max, Tenths(random, 400))).OrderDescending()];
        return new ComponentBands(max, [.. each.Select((limit, i) => new PointBand(limit, points[i]))]);
    }

    /// <summary>Ascending; mostly with one decimal, as people write them, and mostly where rates are.</summary>
    private static IEnumerable<decimal> Limits(Random random, int most) =>
    [
        .. Enumerable.Range(0, random.Next(most + 1))
            .Select(_ => random.Next(4) == 0 ? random.Next(10_001) / 100m : Tenths(random, random.Next(50, 1_001)))
            .Distinct().Order()
    ];

    private static decimal Tenths(Random random, int below) => random.Next(below) / 10m;
}
