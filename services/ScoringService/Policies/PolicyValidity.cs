using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.ScorePolicies;

/// <summary>Whether a policy can be scored with: nothing missing, bands best first, limits that make sense.</summary>
internal static class PolicyValidity
{
    private const int MostBands = 20;
    private const decimal Largest = 1_000_000m;

    /// <exception cref="InvalidFieldException">It cannot; names the member.</exception>
    public static ScorePolicy Checked(ScorePolicy? policy)
    {
        if (policy is null)
        {
            throw new InvalidFieldException("policy", "is missing");
        }

        Grades("policy.gradeUpTo", policy.GradeUpTo, "policy.gradeBeyond", policy.GradeBeyond, 100, ascending: true);
        Grades(
            "policy.scoreFrom", policy.ScoreFrom, "policy.scoreBeyond", policy.ScoreBeyond, Largest, ascending: false);
        Drops(policy);
        Bands("policy.firstPassFrom", policy.FirstPassFrom, ascending: false);
        Bands("policy.attendanceFrom", policy.AttendanceFrom, ascending: false);
        Bands("policy.reRejectionUpTo", policy.ReRejectionUpTo, ascending: true);
        Bands("policy.rejectUpTo", policy.RejectUpTo, ascending: true);
        Range("policy.productivityMax", policy.ProductivityMax, 0, Largest);
        Range("policy.tenuredTarget", policy.TenuredTarget, 0.01m, Largest);
        foreach (var target in policy.RampTargets ?? throw Missing("policy.rampTargets"))
        {
            Range("policy.rampTargets", target, 0.01m, Largest);
        }

        Range("policy.rampTargets", policy.RampTargets.Count, 0, 60);
        Range("policy.rejectFailAbove", policy.RejectFailAbove, 0, 100);
        Range("policy.reRejectionFailAbove", policy.ReRejectionFailAbove, 0, 100);
        Range("policy.oldTicketDays", policy.OldTicketDays, 1, 3_650);
        Range("policy.amberTicketDays", policy.AmberTicketDays, 1, 3_650);
        Range("policy.longHoldHours", policy.LongHoldHours, 1, 87_600);
        Range("policy.coachingGrades", policy.CoachingGrades?.Count ?? 0, 0, MostBands);
        foreach (var letter in policy.CoachingGrades ?? throw Missing("policy.coachingGrades"))
        {
            Letter("policy.coachingGrades", letter);
        }

        Defined("policy.failedFirstPassDenominator", policy.FailedFirstPassDenominator);
        Defined("policy.rejectionCredit", policy.RejectionCredit);
        return policy;
    }

    private static void Grades(
        string field, IReadOnlyList<GradeBand>? bands, string beyondField, string? beyond, decimal most, bool ascending)
    {
        Ordered(field, bands, b => b?.Limit, most, ascending);
        foreach (var band in bands!)
        {
            Letter(field, band.Grade);
        }

        Letter(beyondField, beyond);
        Worsening(field, bands.Select(b => -ScorePolicy.RankOf(b.Grade)));
        Worsening(beyondField, bands.TakeLast(1).Select(b => b.Grade).Append(beyond)
            .Select(letter => -ScorePolicy.RankOf(letter)));
    }

    private static void Drops(ScorePolicy policy)
    {
        const string Field = "policy.attendanceDrops";
        const string Below = "policy.dropBelow";
        Ordered(Field, policy.AttendanceDrops, d => d?.From, 100, ascending: false);
        foreach (var drop in policy.AttendanceDrops)
        {
            Range(Field, drop.Drop, 0, ScorePolicy.Letters.Count - 1);
        }

        Range(Below, policy.DropBelow, 0, ScorePolicy.Letters.Count - 1);
        Worsening(Field, policy.AttendanceDrops.Select(d => -d.Drop));
        Worsening(Below, policy.AttendanceDrops.TakeLast(1).Select(d => -d.Drop).Append(-policy.DropBelow));
    }

    private static void Bands(string field, ComponentBands? component, bool ascending)
    {
        if (component is null)
        {
            throw Missing(field);
        }

        Range(field + ".max", component.Max, 0, Largest);
        Ordered(field + ".bands", component.Bands, b => b?.Limit, 100, ascending);
        foreach (var band in component.Bands)
        {
            Range(field + ".bands", band.Points, 0, component.Max);
        }

        Worsening(field + ".bands", component.Bands.Select(b => b.Points));
    }

    private static void Ordered<T>(
        string field, IReadOnlyList<T>? bands, Func<T, decimal?> limit, decimal most, bool ascending)
    {
        if (bands is null || bands.Any(b => limit(b) is null))
        {
            throw Missing(field);
        }

        Range(field, bands.Count, 0, MostBands);
        var limits = bands.Select(b => limit(b)!.Value).ToList();
        if (limits.Zip(limits.Skip(1)).Any(pair => ascending ? pair.First >= pair.Second : pair.First <= pair.Second))
        {
            throw new InvalidFieldException(field, "has bands out of order: the best band comes first");
        }

        foreach (var each in limits)
        {
            Range(field, each, 0, most);
        }
    }

    /// <summary>Better work never earns less: else no change could be said to raise a grade.</summary>
    private static void Worsening(string field, IEnumerable<decimal> worth)
    {
        if (worth.Zip(worth.Skip(1)).Any(pair => pair.First < pair.Second))
        {
            throw new InvalidFieldException(field, "gives a worse band more than a better one");
        }
    }

    private static void Worsening(string field, IEnumerable<int> worth) =>
        Worsening(field, worth.Select(w => (decimal)w).ToList());

    private static void Letter(string field, string? letter)
    {
        if (letter is null || !ScorePolicy.Letters.Contains(letter))
        {
            throw new InvalidFieldException(field, "is not one of " + string.Join(", ", ScorePolicy.Letters));
        }
    }

    private static void Range(string field, decimal value, decimal least, decimal most)
    {
        if (value < least || value > most)
        {
            throw new InvalidFieldException(field, $"is not between {least} and {most}");
        }
    }

    private static void Defined<T>(string field, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new InvalidFieldException(field, "is not one of " + string.Join(", ", Enum.GetNames<T>()));
        }
    }

    private static InvalidFieldException Missing(string field) => new(field, "is missing");
}
