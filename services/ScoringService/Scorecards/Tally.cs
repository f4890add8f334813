using Performance.Scoring.Agents;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>
/// What was counted and recorded in a scope, by kept agent; <see cref="Guid.Empty"/> stands for the unassigned. From
/// the views, or from the events of an earlier day: what follows is the same.
/// </summary>
internal sealed record Tally(
    IReadOnlyDictionary<Guid, Counts> Counts, IReadOnlyDictionary<Guid, AgentRecords> Records)
{
    public Counts Total => Counts.Values.Aggregate(new Counts(), (sum, c) => sum + c);

    public static async Task<Tally> ReadAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, ScorePolicy policy, CancellationToken cancel) => new(
        await ScorecardQuery.CountsAsync(views, filters, agents, policy, cancel),
        await RecordsQuery.ReadAsync(views, filters, agents, policy, cancel));

    /// <summary>The rows of the scorecard by name, the unassigned one last.</summary>
    /// <param name="filters">The filters, which say whether an agent without tickets has a row.</param>
    /// <param name="policy">The policy to grade with.</param>
    /// <param name="frozen">The closing of the month that the scope is, or null.</param>
    /// <param name="isShown">Whether a kept agent's frozen row belongs to the scope.</param>
    /// <param name="nameOf">Names.</param>
    public List<ScorecardRow> Rows(
        Filters filters, ScorePolicy policy, MonthClosed? frozen, Func<Guid, bool> isShown, Func<Guid, string> nameOf)
    {
        var known = Counts.Keys.Concat(filters.NarrowsTickets ? [] : Records.Keys);
        var closed = (frozen?.Rows ?? []).Select(row => row.AgentId).OfType<Guid>().Where(isShown);
        var rows = known.Concat(closed).Distinct().Where(agent => agent != Guid.Empty)
            .Select(agent =>
            {
                var row = Row(agent, nameOf(agent), policy);
                return frozen is null ? row : FrozenRow.Onto(row, frozen.RowOf(agent), policy);
            })
            .OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.AgentId).ToList();
        if (Counts.TryGetValue(Guid.Empty, out var unassigned))
        {
            rows.Add(ScorecardRow.Unassigned(unassigned, policy));
        }

        return rows;
    }

    /// <summary>The agents with tickets; of a closed month, those that it closed with, as it closed.</summary>
    public IEnumerable<ScorecardRow> Graded(
        AgentMerges merges, AgentScope agents, ScorePolicy policy, MonthClosed? frozen) => frozen is null
        ? Counts.Keys.Where(agent => agent != Guid.Empty).Select(agent => Row(agent, "", policy))
        : frozen.Rows.Where(row => row.AgentId is { } agent && row.Allocated > 0 && agents.Has(agent)
                && merges.Kept(agent) == agent)
            .Select(row => row.ToRow("", policy));

    public ScorecardRow Row(Guid agent, string name, ScorePolicy policy) => ScorecardRow.Of(
        agent, name, Counts.GetValueOrDefault(agent) ?? new Counts(),
        Records.GetValueOrDefault(agent) ?? AgentRecords.None, policy);
}
