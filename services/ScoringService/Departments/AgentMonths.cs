using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Departments;

/// <summary>
/// The months of some agents, in a year and the one before it, from one scan: what the history reads for the same
/// year, so that who declines here declines there.
/// </summary>
internal sealed class AgentMonths
{
    private const int Span = 24;

    private readonly IReadOnlyDictionary<int, ScorePolicy> policies;
    private readonly IReadOnlyDictionary<int, MonthClosed> frozen;
    private readonly IReadOnlyDictionary<int, IReadOnlyDictionary<Guid, Counts>> counts;
    private readonly IReadOnlyDictionary<Guid, HistoryMonth[]> history;

    private AgentMonths(
        MonthlyFacts facts, IReadOnlyDictionary<int, ScorePolicy> policies,
        IReadOnlyDictionary<int, MonthClosed> frozen)
    {
        (this.policies, this.frozen) = (policies, frozen);
        counts = policies.ToDictionary(p => p.Key, p => CountsOf(facts, p.Key, p.Value));
        history = policies.Keys.Order().SelectMany(month => Rows(facts, month).Select(row => (Month: month, Row: row)))
            .GroupBy(r => r.Row.AgentId!.Value)
            .ToDictionary(g => g.Key, g => g.Select(r => GetHistory.Month(r.Month, r.Row)).ToArray());
    }

    public static async Task<AgentMonths> ReadAsync(
        ViewSnapshot views, AgentScope agents, int year, DateTimeOffset now, CancellationToken cancel)
    {
        var first = (year - 1) * 12;
        var policies = Enumerable.Range(first, Span).ToDictionary(month => month, month =>
            GetScorecard.PolicyFor(views, Filters.None with { Months = [month] }, now).Policy);
        var facts = await MonthlyFacts.ReadAsync(
            views, first, first + Span - 1,
            policies.Values.Any(p => p.RejectionCredit == RejectionCredit.AtRejection), cancel, agents);
        var closed = policies.Keys.Where(views.FrozenMonths.ContainsKey).ToList();
        return new AgentMonths(
            facts, policies, closed.Count == 0 ? new() : await FrozenMonths.ReadAsync(views, closed, cancel));
    }

    public MonthClosed? Frozen(int month) => frozen.GetValueOrDefault(month);

    /// <summary>What was counted in a month, by kept agent.</summary>
    public IReadOnlyDictionary<Guid, Counts> Of(int month) => counts[month];

    /// <summary>The rates of some agents together in a month, by the policy of the month.</summary>
    public TrendMonth Together(int month, IEnumerable<Guid> agents)
    {
        var sum = agents.Where(counts[month].ContainsKey)
            .Aggregate(new Counts(), (all, agent) => all + counts[month][agent]);
        return new TrendMonth(
            Name(month),
            sum.FailedFirstPassRate(policies[month].FailedFirstPassDenominator), sum.RejectRate);
    }

    /// <summary>Whether an agent with tickets in the year gets worse, by the months that are over.</summary>
    public Trend TrendOf(Guid agent, int running)
    {
        var months = history.GetValueOrDefault(agent, []);
        var (year, end) = (Name(policies.Keys.Max())[..4], Name(running));
        return months.Any(m => m.Month.StartsWith(year, StringComparison.Ordinal))
            ? Trend.Of(months.Where(m => string.CompareOrdinal(m.Month, end) < 0)) : Trend.None;
    }

    private static string Name(int month) => BusinessZone.MonthOf(month).ToString("yyyy-MM");

    private static IReadOnlyDictionary<Guid, Counts> CountsOf(MonthlyFacts facts, int month, ScorePolicy policy) =>
        (policy.RejectionCredit == RejectionCredit.AtRejection ? facts.AtRejection : facts.Current)
        .Where(c => c.Key.Month == month && c.Key.Agent != Guid.Empty).ToDictionary(c => c.Key.Agent, c => c.Value);

    /// <summary>The graded rows of a month; of a closed one, those that it closed with.</summary>
    private IEnumerable<ScorecardRow> Rows(MonthlyFacts facts, int month) => Frozen(month) is { } closed
        ? closed.Rows.Where(row => row is { AgentId: not null, Allocated: > 0 })
            .Select(row => row.ToRow("", policies[month]))
        : counts[month].Keys.Select(agent => facts.Row((month, agent), policies[month]));
}
