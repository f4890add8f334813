using System.Text.Json;
using Performance.Coaching.Attendance;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching;

public sealed class Setting_a_ramp_plan
{
    private static readonly Guid Agent = Guid.NewGuid();
    private static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public void The_hire_month_is_an_event() => Assert.Equal([Set(March)], When(Given.Ramp(), March));

    [Fact]
    public void The_same_again_is_none() => Assert.Empty(When(Given.Ramp(Set(March)), March));

    [Fact]
    public void Null_makes_the_agent_tenured()
    {
        Assert.Equal([Set(null)], When(Given.Ramp(Set(March)), null));
        Assert.Empty(When(Given.Ramp(), null));
    }

    [Theory]
    [InlineData("\"2026-13\"")]
    [InlineData("\"2026-3\"")]
    [InlineData("\"0026-03\"")]
    [InlineData("202603")]
    [InlineData("{}")]
    public void What_is_no_month_is_refused(string json) => Assert.Equal("hireMonth",
        Assert.Throws<InvalidFieldException>(
            () => SetRampPlan.HireMonth(JsonDocument.Parse(json).RootElement)).Field);

    [Fact]
    public void A_merged_records_plan_counts_where_the_kept_one_has_none()
    {
        var merged = Guid.NewGuid();
        var brought = RampPlan.Create(new RampPlanSet(merged, March, "s", Given.Now));
        Assert.Equal("2026-03", SetRampPlan.Show(Agent, [brought], Agent).HireMonth);
        Assert.Null(SetRampPlan.Show(Agent, [brought, Given.Ramp(Set(March), Set(null))!], Agent).HireMonth);
        Assert.Null(SetRampPlan.Show(Agent, [], Agent).HireMonth);
    }

    private static IReadOnlyList<object> When(RampPlan? state, DateOnly? month) =>
        SetRampPlan.Decide(state, Agent, month, "supervisor", Given.Now);

    private static RampPlanSet Set(DateOnly? month) => new(Agent, month, "supervisor", Given.Now);
}
