using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring;

public sealed class TheGoldens
{
    private static readonly ScorePolicy Policy = ScorePolicy.Default;

    [Fact]
    public void Jasmin_Reyes_scores_82_85_in_band_C_and_grades_B()
    {
        var score = Score.Of(97.6m, 0.5m, 1.7m, 89m, 17.7m, 20m, Policy);
        Assert.Equal([30m, 15m, 25m, 4m, 8.85m], score.Components.Select(c => c.Points));
        Assert.Equal((82.85m, 100m, "C"), (score.Total, score.MeasuredMax, score.Band));
        Assert.Equal(82.9m, ScorePolicy.Shown(score.Total));
        Assert.Equal(new Grade("B", "A", 1, null), Grade.Of(2.3m, 89m, Policy));
    }

    [Fact]
    public void Failed_1_5_percent_with_attendance_70_is_A_dropped_to_C() =>
        Assert.Equal(new Grade("C", "A", 2, null), Grade.Of(1.5m, 70m, Policy));

    [Theory]
    [InlineData("3.0", "A")]
    [InlineData("3.04", "A")]
    [InlineData("3.05", "B")]
    [InlineData("6.5", "B")]
    [InlineData("6.55", "C")]
    [InlineData("10.0", "C")]
    [InlineData("10.05", "D")]
    public void Bands_compare_the_rate_rounded_half_away_from_zero(string rate, string expected) =>
        Assert.Equal(expected, Grade.Of(decimal.Parse(rate, null), 100m, Policy).Letter);

    [Theory]
    [InlineData("95", 0, "A")]
    [InlineData("94.95", 0, "A")]
    [InlineData("94.94", 1, "B")]
    [InlineData("85", 1, "B")]
    [InlineData("84.9", 2, "C")]
    [InlineData("75", 2, "C")]
    [InlineData("74.9", 2, "C")]
    [InlineData("0", 2, "C")]
    public void Attendance_drops_grades(string attendance, int drop, string expected) =>
        Assert.Equal(new Grade(expected, "A", drop, null), Grade.Of(0m, decimal.Parse(attendance, null), Policy));

    [Fact]
    public void A_grade_never_drops_below_D() =>
        Assert.Equal(new Grade("D", "C", 2, null), Grade.Of(9m, 70m, Policy));

    [Fact]
    public void Nothing_processed_has_no_grade_and_attendance_not_recorded_says_so()
    {
        Assert.Equal(new Grade(null, null, 0, Grade.NothingProcessed), Grade.Of(null, 70m, Policy));
        Assert.Equal(new Grade("A", "A", 0, Grade.NoAttendance), Grade.Of(0m, null, Policy));
    }

    [Theory]
    [InlineData("98", 40)]
    [InlineData("97.95", 40)]
    [InlineData("97.9", 30)]
    [InlineData("95", 30)]
    [InlineData("90", 20)]
    [InlineData("89.9", 0)]
    public void First_pass_points(string rate, int points) =>
        Assert.Equal(points, Score.Of(decimal.Parse(rate, null), 0, 0, 0, 0, 1, Policy).Components[0].Points);

    [Theory]
    [InlineData("1", 15, 25)]
    [InlineData("2", 10, 25)]
    [InlineData("3", 10, 15)]
    [InlineData("4", 5, 15)]
    [InlineData("5.04", 5, 8)]
    [InlineData("5.05", 0, 0)]
    public void Re_rejection_and_reject_points(string rate, int reRejection, int reject)
    {
        var value = decimal.Parse(rate, null);
        var score = Score.Of(0, value, value, 0, 0, 1, Policy);
        Assert.Equal((reRejection, reject), (score.Components[1].Points, score.Components[2].Points));
    }

    [Theory]
    [InlineData("100", 10)]
    [InlineData("99.9", 8)]
    [InlineData("95", 8)]
    [InlineData("90", 6)]
    [InlineData("85", 4)]
    [InlineData("80", 2)]
    [InlineData("79.9", 0)]
    public void Attendance_points(string attendance, int points) =>
        Assert.Equal(points, Score.Of(0, 0, 0, decimal.Parse(attendance, null), 0, 1, Policy).Components[3].Points);

    [Fact]
    public void A_component_without_input_earns_nothing_and_leaves_the_band_open()
    {
        var score = Score.Of(100m, 0m, 0m, null, null, 20m, Policy);
        Assert.Equal((80m, 80m, null), (score.Total, score.MeasuredMax, score.Band));
        Assert.Equal(["no data", "no data"], score.Components.Skip(3).Select(c => c.Band));
    }

    [Fact]
    public void More_than_the_target_earns_no_more_than_all_points() =>
        Assert.Equal(10m, Score.Of(null, null, null, null, 40m, 20m, Policy).Total);

    [Theory]
    [InlineData(2024, 1, 10)]
    [InlineData(2024, 2, 15)]
    [InlineData(2024, 3, 20)]
    [InlineData(2025, 1, 20)]
    [InlineData(2023, 12, 10)]
    public void The_target_ramps_up_with_calendar_months_since_the_hire_month(int year, int month, int target) =>
        Assert.Equal(target, Policy.TargetOn(new DateOnly(year, month, 31 - (month == 2 ? 3 : 0)), new(2024, 1, 1)));

    [Fact]
    public void A_policy_without_ramp_months_has_one_target_for_all_also_before_the_hire_month() => Assert.Equal(
        20m, (Policy with { RampTargets = [] }).TargetOn(new DateOnly(2024, 1, 1), new DateOnly(2024, 3, 1)));

    [Fact]
    public void Without_a_ramp_plan_everybody_is_tenured() =>
        Assert.Equal(20m, Policy.TargetOn(new DateOnly(2024, 1, 1), null));

    [Fact]
    public void The_version_that_begins_last_by_the_day_is_in_force()
    {
        var book = new PolicyBook(
        [
            new(1, DateOnly.MinValue, Policy, "", default),
            new(2, new(2024, 3, 1), Policy, "", default),
            new(3, new(2024, 2, 1), Policy, "", default),
            new(4, new(2024, 3, 1), Policy, "", default)
        ]);
        Assert.Equal([1, 3, 4], new[] { 1, 2, 3 }.Select(m => book.On(new DateOnly(2024, m, 28).AddDays(1)).Version));
    }
}
