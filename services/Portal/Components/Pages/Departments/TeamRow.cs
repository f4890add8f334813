using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Components.Pages.History;
using Performance.Portal.Components.Pages.Pipeline;

namespace Performance.Portal.Components.Pages.Departments;

/// <summary>A team, or all of them together, with its name and the ways to the lists behind its numbers.</summary>
/// <param name="Teams">As the filter takes them: an empty one stands for agents without a team.</param>
/// <param name="Month">Of the figures.</param>
public sealed record TeamRow(string Name, IReadOnlyList<string> Teams, string Month, TeamFigures Figures)
{
    /// <summary>The name of the row of agents whom no team has.</summary>
    public const string NoTeam = "No team";

    private static readonly GradeCounts Nobody = new(0, 0, 0, 0, 0);

    public string Key => Figures.TeamId ?? "";

    /// <summary>Of all that are shown.</summary>
    public bool IsTotal { get; init; }

    /// <summary>Unique among the rows and their total.</summary>
    public string Line => IsTotal ? "total" : "team-" + Key;

    private ScorecardFilter OfTeam => new() { Teams = Teams };

    private DashboardAddress Dashboard => new() { Filter = OfTeam with { Months = [Month] } };

    /// <summary>The rows of the scorecard that the team's numbers are the sum of.</summary>
    public string Scorecard => Dashboard.ToString();

    public string Pipeline => new PipelineAddress { Filter = OfTeam }.ToString();

    public string Declining =>
        new HistoryAddress { Filter = OfTeam, Year = int.Parse(Month[..4]), Declining = true }.ToString();

    /// <summary>The rows with the worst grade first.</summary>
    public string Grades => (Dashboard with { Order = new("grade", Descending: true) }).ToString();

    /// <summary>The tickets behind a count of the month.</summary>
    public string Tickets(string measure) => Dashboard.WithPanel(measure, IScoringApi.Everybody).ToString();

    /// <summary>Open tickets from whenever that need somebody.</summary>
    public string Escalated(string kind) =>
        new DashboardAddress { Filter = OfTeam }.WithPanel(kind, IScoringApi.Everybody).ToString();

    /// <summary>A list at the side of the comparison itself.</summary>
    public string Listed(DepartmentAddress address, string panel) =>
        address.WithPanel(panel, IsTotal ? null : Key).ToString();

    /// <summary>How an agent's grade of the month came about.</summary>
    public string Receipt(Guid agent) => Dashboard.WithPanel("grade", agent.ToString()).ToString();

    /// <summary>The rows by name, with teams that nobody is in yet, and last the agents without one.</summary>
    public static IReadOnlyList<TeamRow> Of(DepartmentFigures figures, IEnumerable<Team> teams)
    {
        var named = teams.ToDictionary(t => t.Id, t => t.Name);
        var empty = named.Keys.Except(figures.Teams.Select(t => t.TeamId)).Select(id => new TeamFigures(
            id, 0, 0, 0, 0, 0, 0, null, null, null, 0, 0, 0, Nobody, 0, [], [],
            [.. figures.Total.Trend.Select(t => new TrendMonth(t.Month, null, null))]));
        return
        [
            .. figures.Teams.Concat(empty)
                .Select(t => new TeamRow(
                    t.TeamId is null ? NoTeam : named.GetValueOrDefault(t.TeamId, t.TeamId), [t.TeamId ?? ""],
                    figures.Month, t))
                .OrderBy(r => r.Figures.TeamId is null).ThenBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)
        ];
    }

    public static TeamRow Total(DepartmentFigures figures, IReadOnlyList<TeamRow> rows) =>
        new("All teams", [.. rows.SelectMany(r => r.Teams)], figures.Month, figures.Total) { IsTotal = true };
}
