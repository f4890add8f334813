using Performance.Scoring.ScorePolicies;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring;

public sealed class PoliciesThatMakeNoSense
{
    private static readonly ScorePolicy Good = ScorePolicy.Default;

    private static readonly Dictionary<string, ScorePolicy> Bad = new()
    {
        ["policy.gradeUpTo out of order"] = Good with { GradeUpTo = [new(6.5m, "A"), new(3m, "B")] },
        ["policy.gradeUpTo beyond 100"] = Good with { GradeUpTo = [new(100.1m, "A")] },
        ["policy.gradeUpTo below 0"] = Good with { GradeUpTo = [new(-1m, "A")] },
        ["policy.gradeUpTo no letter"] = Good with { GradeUpTo = [new(3m, "E")] },
        ["policy.gradeUpTo better later"] = Good with { GradeUpTo = [new(3m, "B"), new(6m, "A")] },
        ["policy.gradeBeyond better than the last"] = Good with { GradeBeyond = "A" },
        ["policy.gradeBeyond no letter"] = Good with { GradeBeyond = null! },
        ["policy.scoreFrom out of order"] = Good with { ScoreFrom = [new(75m, "A"), new(85m, "B")] },
        ["policy.scoreFrom better later"] = Good with { ScoreFrom = [new(85m, "B"), new(75m, "A")] },
        ["policy.scoreBeyond better than the last"] = Good with { ScoreBeyond = "B" },
        ["policy.attendanceDrops less for less"] = Good with { AttendanceDrops = [new(95m, 1), new(85m, 0)] },
        ["policy.attendanceDrops too deep"] = Good with { AttendanceDrops = [new(95m, 4)] },
        ["policy.attendanceDrops missing"] = Good with { AttendanceDrops = null! },
        ["policy.dropBelow less than above it"] = Good with { DropBelow = 1 },
        ["policy.dropBelow negative"] = Good with { AttendanceDrops = [], DropBelow = -1 },
        ["policy.firstPassFrom.bands more points for less"] =
            Good with { FirstPassFrom = new(40m, [new(98m, 10m), new(95m, 20m)]) },
        ["policy.rejectUpTo.bands more than all points"] = Good with { RejectUpTo = new(5m, [new(2m, 6m)]) },
        ["policy.attendanceFrom.max negative"] = Good with { AttendanceFrom = new(-1m, []) },
        ["policy.rampTargets nothing to do"] = Good with { RampTargets = [0m] },
        ["policy.tenuredTarget nothing to do"] = Good with { TenuredTarget = 0m },
        ["policy.longHoldHours none"] = Good with { LongHoldHours = 0 },
        ["policy.rejectFailAbove beyond 100"] = Good with { RejectFailAbove = 101m }
    };

    public static TheoryData<string> Each => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(Each))]
    public void They_are_refused_naming_the_member(string name)
    {
        var refusal = Assert.Throws<InvalidFieldException>(() => PolicyValidity.Checked(Bad[name]));
        Assert.Equal(name.Split(' ')[0], refusal.Field);
    }

    [Fact]
    public void The_default_makes_sense() => Assert.Same(Good, PolicyValidity.Checked(Good));
}
