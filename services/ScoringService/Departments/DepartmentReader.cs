using Performance.Scoring.Pipeline;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Departments;

/// <summary>
/// Adds up the scorecard's rows by team. The tickets are read by two statements: two years by month, and what is open.
/// </summary>
internal sealed class DepartmentReader(ViewSnapshot views, Caller caller, DateTimeOffset now)
{
    private const int TrendMonths = 6;

    /// <param name="department">Null: all teams, and the agents without one.</param>
    /// <param name="month">As <see cref="BusinessZone.MonthNumber"/>.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<DepartmentView> ReadAsync(string? department, int month, CancellationToken cancel)
    {
        var filters = Filters.None with { Months = [month] };
        var version = GetScorecard.PolicyFor(views, filters, now);
        var today = GetScorecard.PolicyFor(views, Filters.None, now).Policy;
        var known = Members(department);
        var agents = AgentScope.Of(views, known);
        var months = await AgentMonths.ReadAsync(views, agents, month / 12, now, cancel);
        var open = await OpenWork.CountAsync(views, agents, today, OpenWork.AsStored(now), cancel);
        var records = await RecordsQuery.ReadAsync(views, filters, agents, version.Policy, cancel);
        var frozen = months.Frozen(month);
        var rows = new Tally(months.Of(month), records).Rows(
            filters, version.Policy, frozen, agent => agents.Has(agent) && views.Merges.Kept(agent) == agent,
            caller.NameOf);
        var running = BusinessZone.MonthNumber(views.Settings.Zone.DayOf(now));
        TeamFigures Figures(string? team, IReadOnlyCollection<Guid> members) => TeamFigures.Of(
            team, members.Count(IsActive), [.. rows.Where(row => members.Contains(row.AgentId!.Value))],
            Sum(members, months.Of(month), new Counts(), (a, b) => a + b),
            Sum(members, open, new OpenCounts(), (a, b) => a + b), Declining(members, months, running),
            [.. Enumerable.Range(month - TrendMonths + 1, TrendMonths).Select(m => months.Together(m, members))],
            version.Policy);
        var teams = known.GroupBy(caller.TeamOf).Select(g => Figures(g.Key, g.ToHashSet()))
            .Where(IsWorthARow).OrderBy(t => t.TeamId is null).ThenBy(t => t.TeamId, StringComparer.Ordinal);
        return new DepartmentView(
            department, BusinessZone.MonthOf(month).ToString("yyyy-MM"), [.. teams], Figures(null, known),
            today.OldTicketDays, today.LongHoldHours, version.Version, views.Position, now, frozen is not null);
    }

    private HashSet<Guid> Members(string? department) =>
    [
        .. caller.Agents(views).Where(agent => department is null
            || caller.Directory.GetValueOrDefault(agent)?.DepartmentId == department)
    ];

    private bool IsActive(Guid agent) => caller.Directory.GetValueOrDefault(agent) is { Active: true };

    /// <summary>Teams whose people have all left long ago have nothing to compare.</summary>
    private static bool IsWorthARow(TeamFigures team) =>
        team.Allocated > 0 || team.Open > 0 || team.CoachingSessions > 0
        || (team.People > 0 && team.TeamId is not null);

    private List<DecliningAgent> Declining(IEnumerable<Guid> members, AgentMonths months, int running) =>
    [
        .. members.Select(agent => (Agent: agent, Trend: months.TrendOf(agent, running)))
            .Where(t => t.Trend.Declining)
            .Select(t => new DecliningAgent(t.Agent, caller.NameOf(t.Agent), t.Trend.Since))
            .OrderBy(t => t.Name, StringComparer.OrdinalIgnoreCase).ThenBy(t => t.AgentId)
    ];

    private static T Sum<T>(
        IEnumerable<Guid> members, IReadOnlyDictionary<Guid, T> of, T nothing, Func<T, T, T> add) =>
        members.Where(of.ContainsKey).Aggregate(nothing, (sum, agent) => add(sum, of[agent]));
}
