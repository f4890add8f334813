using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Grades;

/// <summary>
/// Every agent's grade of every month that has begun, as scorecard and receipt show it: a closed month's as it closed.
/// </summary>
internal sealed class CurrentGrades
{
    private readonly MonthlyFacts facts;
    private readonly PolicyBook policies;

    private CurrentGrades(MonthlyFacts facts, PolicyBook policies, IReadOnlyList<GradeNow> all)
    {
        this.facts = facts;
        this.policies = policies;
        All = all;
    }

    public IReadOnlyList<GradeNow> All { get; }

    public static async Task<CurrentGrades> ReadAsync(ViewSnapshot views, DateOnly today, CancellationToken cancel)
    {
        var credits = views.Policies.Versions.Any(v => v.Policy.RejectionCredit == RejectionCredit.AtRejection);
        var facts = await MonthlyFacts.ReadAsync(views, 0, BusinessZone.MonthNumber(today), credits, cancel);
        var closed = await FrozenMonths.ReadAsync(views, null, cancel);
        var open = facts.Rows.GroupBy(row => row.Month).Where(month => !closed.ContainsKey(month.Key))
            .SelectMany(month => Open(facts, views.Policies.OfMonth(month.Key), month));
        return new CurrentGrades(facts, views.Policies, [.. open, .. closed.Values.SelectMany(m => Closed(views, m))]);
    }

    /// <summary>The letter that another version of the policy would give for the facts of today.</summary>
    public string? Under(Guid agent, KnownGrade grade, int version) => grade.Frozen ? grade.Letter
        : facts.Row((BusinessZone.MonthNumber(grade.Month), agent), policies.Versioned(version).Policy).Grade;

    private static IEnumerable<GradeNow> Open(
        MonthlyFacts facts, PolicyVersion version, IGrouping<int, (int Month, Guid Agent)> month) =>
        from of in month
        let row = facts.Row(of, version.Policy)
        where row.Grade is not null
        select new GradeNow(of.Agent, new KnownGrade(
            BusinessZone.MonthOf(of.Month), row.Grade!, version.Version, row.Allocated, false));

    private static IEnumerable<GradeNow> Closed(ViewSnapshot views, MonthClosed month) =>
        from row in month.Rows
        let agent = row.AgentId ?? Guid.Empty
        where row is { AgentId: not null, Grade: not null } && views.Merges.Kept(agent) == agent
        select new GradeNow(agent, new KnownGrade(
            month.Month, row.Grade!, month.PolicyVersion, row.Allocated, true));
}
