using System.Text.Json;
using Performance.Contracts;
using Performance.Scoring.Grades;

namespace Performance.Scoring;

public sealed class WhatAnAgentIsTold
{
    private static readonly Guid Ann = Guid.NewGuid();
    private static readonly DateOnly Today = new(2024, 6, 12);
    private static readonly DateTimeOffset Now = new(2024, 6, 12, 18, 0, 0, TimeSpan.Zero);
    private static readonly KnownGrade June = new(new DateOnly(2024, 6, 1), "A", 1, 20, false);
    private static readonly KnownGrade May = June with { Month = new DateOnly(2024, 5, 1) };
    private static readonly KnownGrade March = June with { Month = new DateOnly(2024, 3, 1) };

    [Fact]
    public void The_first_grade_of_a_month_is_written_down_silently() =>
        Then(Told(AgentGrades.None, March, June), new GradesNoted(Ann, [June, March], Now));

    [Fact]
    public void Another_letter_is_told_with_where_it_stood() => Then(
        Told(Known(June), June with { Letter = "C", Allocated = 25 }),
        new GradesTold(Ann, [new("A", June with { Letter = "C", Allocated = 25 }, GradeCause.Work)], Today, Now));

    [Fact]
    public void Several_months_are_told_together_the_latest_first()
    {
        var told = Assert.IsType<GradesTold>(Assert.Single(
            Told(Known(March, May, June), March with { Letter = "B" }, June with { Letter = "D" })));
        Assert.Equal([June.Month, March.Month], told.Moves.Select(m => m.To.Month));
    }

    [Fact]
    public void Once_a_day_and_the_rest_on_the_next_from_what_was_told_last()
    {
        var told = Known(June).Apply(new GradesTold(
            Ann, [new("A", June with { Letter = "B" }, GradeCause.Work)], Today, Now));
        Assert.Empty(Told(told, June with { Letter = "D" }));
        var next = TellGrades.Decide(
            told, Ann, [June with { Letter = "D" }], (_, _) => "D", Today.AddDays(1), Now.AddDays(1));
        Assert.Equal("B", Assert.IsType<GradesTold>(Assert.Single(next)).Moves[0].From);
    }

    [Fact]
    public void A_day_on_which_something_was_told_writes_down_first_grades_all_the_same()
    {
        var told = Known(June) with { ToldOn = Today };
        Then(Told(told, May, June with { Letter = "D" }), new GradesNoted(Ann, [May], Now));
    }

    [Fact]
    public void Tickets_that_come_into_a_month_long_past_are_history_and_no_news()
    {
        var loaded = March with { Letter = "C", Allocated = 90 };
        Then(Told(Known(March), loaded), new GradesNoted(Ann, [loaded], Now));
        Assert.IsType<GradesTold>(Assert.Single(Told(Known(May), May with { Letter = "C", Allocated = 90 })));
    }

    [Fact]
    public void An_excuse_in_a_month_long_past_is_news() => Assert.IsType<GradesTold>(
        Assert.Single(Told(Known(March), March with { Letter = "B" })));

    [Fact]
    public void A_policy_that_moves_it_is_its_cause_however_long_ago_the_month_was()
    {
        var restated = March with { Letter = "D", PolicyVersion = 2, Allocated = 21 };
        var told = Assert.IsType<GradesTold>(Assert.Single(TellGrades.Decide(
            Known(March), Ann, [restated], (_, version) => version == 1 ? "A" : "D", Today, Now)));
        Assert.Equal(GradeCause.Policy, told.Moves[0].Cause);
    }

    [Fact]
    public void A_policy_without_which_it_had_moved_too_is_not_its_cause()
    {
        var told = Assert.IsType<GradesTold>(Assert.Single(
            Told(Known(June), June with { Letter = "D", PolicyVersion = 2 })));
        Assert.Equal(GradeCause.Work, told.Moves[0].Cause);
    }

    [Theory]
    [InlineData(true, GradeCause.Reopening)]
    [InlineData(false, GradeCause.Closing)]
    public void Closing_and_reopening_a_month_are_causes(bool wasFrozen, GradeCause cause)
    {
        var told = Assert.IsType<GradesTold>(Assert.Single(
            Told(Known(March with { Frozen = wasFrozen }), March with { Letter = "B", Frozen = !wasFrozen })));
        Assert.Equal(cause, told.Moves[0].Cause);
    }

    [Fact]
    public void What_stands_as_it_is_known_differs_in_nothing()
    {
        Assert.False(TellGrades.Differs(Known(June), June with { Allocated = 99, PolicyVersion = 7 }, Today));
        Assert.True(TellGrades.Differs(Known(March), March with { Allocated = 99 }, Today));
        Assert.True(TellGrades.Differs(Known(March), March with { Frozen = true }, Today));
        Assert.True(TellGrades.Differs(AgentGrades.None, June, Today));
    }

    [Fact]
    public void Only_what_has_stood_still_is_looked_at()
    {
        var still = new StandingStill(TimeSpan.FromMinutes(2));
        GradeNow[] c = [new(Ann, June with { Letter = "C" })], d = [new(Ann, June with { Letter = "D" })];
        Assert.Empty(still.Of(c, Now));
        Assert.Empty(still.Of(d, Now.AddMinutes(2)));
        Assert.Empty(still.Of([], Now.AddMinutes(3)));
        Assert.Empty(still.Of(d, Now.AddMinutes(4)));
        GradeNow[] more = [new(Ann, June with { Letter = "D", Allocated = 21 })];
        Assert.Equal(more, still.Of(more, Now.AddMinutes(6)));
    }

    private static AgentGrades Known(params KnownGrade[] grades) => new([.. grades], null);

    /// <summary>Decided on the day; every version of the policy gives the same letter.</summary>
    private static IReadOnlyList<object> Told(AgentGrades state, params KnownGrade[] grades) =>
        TellGrades.Decide(state, Ann, grades, (grade, _) => grade.Letter, Today, Now);

    private static void Then(IReadOnlyList<object> events, object expected) => Assert.Equal(
        JsonSerializer.Serialize(expected), JsonSerializer.Serialize(Assert.Single(events)));
}
