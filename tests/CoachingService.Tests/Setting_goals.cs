using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Performance.Coaching.Goals;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching;

public sealed class Setting_goals
{
    private static readonly GoalOwner Team = new(null, "north");
    private static readonly DateOnly January = new(2026, 1, 1);

    [Fact]
    public void A_goal_is_an_event() =>
        Assert.Equal([Goal("calls", 400)], When(Given.Goals(), "calls", 400));

    [Fact]
    public void The_same_again_is_none() =>
        Assert.Empty(When(Given.Goals(Goal("calls", 400)), "calls", 400));

    [Fact]
    public void Another_amount_from_the_same_month_replaces_it()
    {
        var goals = Given.Goals(Goal("calls", 400), Goal("calls", 450));
        Assert.Single(goals!.Goals);
        Assert.Equal(450, goals.InForce("calls", null, January));
    }

    [Fact]
    public void Currencies_are_goals_of_their_own()
    {
        var goals = Given.Goals(Goal("payments", 1_000, "USD"), Goal("payments", 900, "EUR"));
        Assert.Equal((1_000m, 900m), (
            goals!.InForce("payments", "USD", January), goals.InForce("payments", "EUR", January)));
    }

    [Fact]
    public void Null_ends_a_goal_from_its_month_on()
    {
        Assert.Equal(
            [Goal("calls", null, null, January.AddMonths(2))],
            When(Given.Goals(Goal("calls", 400)), "calls", null, January.AddMonths(2)));
        var ended = Given.Goals(Goal("calls", 400), Goal("calls", null, null, January.AddMonths(2)));
        Assert.Equal(400, ended!.InForce("calls", null, January.AddMonths(1)));
        Assert.Null(ended.InForce("calls", null, January.AddMonths(2)));
    }

    [Fact]
    public void Ending_what_is_not_in_force_is_no_event()
    {
        Assert.Empty(When(Given.Goals(), "calls", null));
        Assert.Empty(When(Given.Goals(Goal("calls", 400)), "services", null));
        Assert.Empty(When(Given.Goals(Goal("calls", 400)), "calls", null, January.AddMonths(-1)));
    }

    [Fact]
    public void The_goal_in_force_is_the_latest_step_up_to_the_month() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Month, ushort Amount, bool End)[]>(),
        steps =>
        {
            var set = steps.Select(s => Goal(
                "calls", s.End ? null : s.Amount + 1, null, January.AddMonths(s.Month % 24))).ToArray();
            var goals = Given.Goals(set);
            return Enumerable.Range(0, 24).Select(January.AddMonths).All(month => goals?.InForce("calls", null, month)
                == set.Where(g => g.From <= month).OrderBy(g => g.From).LastOrDefault()?.Amount);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"metric":"sales","amount":1,"from":"2026-01"}""", "metric")]
    [InlineData("""{"amount":1,"from":"2026-01"}""", "metric")]
    [InlineData("""{"metric":"calls","from":"2026-01"}""", "amount")]
    [InlineData("""{"metric":"calls","amount":0,"from":"2026-01"}""", "amount")]
    [InlineData("""{"metric":"calls","amount":1.5,"from":"2026-01"}""", "amount")]
    [InlineData("""{"metric":"calls","amount":1e30,"from":"2026-01"}""", "amount")]
    [InlineData("""{"metric":"calls","amount":"5","from":"2026-01"}""", "amount")]
    [InlineData("""{"metric":"calls","amount":5,"currency":"USD","from":"2026-01"}""", "currency")]
    [InlineData("""{"metric":"payments","amount":5,"from":"2026-01"}""", "currency")]
    [InlineData("""{"metric":"payments","amount":5,"currency":"usd","from":"2026-01"}""", "currency")]
    [InlineData("""{"metric":"calls","amount":5}""", "from")]
    [InlineData("""{"metric":"calls","amount":5,"from":"2026-01-01"}""", "from")]
    public void What_cannot_be_a_goal_is_refused_by_field(string json, string field)
    {
        var body = JsonSerializer.Deserialize<SetGoal.Body>(json, JsonSerializerOptions.Web)!;
        Assert.Equal(field, Assert.Throws<InvalidFieldException>(() => SetGoal.Read(body)).Field);
    }

    [Fact]
    public void An_owner_is_an_agent_by_uuid_or_a_team_by_slug()
    {
        var agent = Guid.NewGuid();
        Assert.Equal(new GoalOwner(agent, null), GoalOwner.Read("owner", agent.ToString()));
        Assert.Equal(Team, GoalOwner.Read("owner", "north"));
        Assert.Throws<InvalidFieldException>(() => GoalOwner.Read("owner", "North Team"));
    }

    private static IReadOnlyList<object> When(GoalList? state, string metric, decimal? amount, DateOnly? from = null) =>
        SetGoal.Decide(
            state, Team, new SetGoal.Command(metric, amount, null, from ?? January), "supervisor", Given.Now);

    private static GoalSet Goal(string metric, decimal? amount, string? currency = null, DateOnly? from = null) =>
        new(null, "north", metric, amount, currency, from ?? January, "supervisor", Given.Now);
}
