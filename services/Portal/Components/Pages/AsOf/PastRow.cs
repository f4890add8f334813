using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;

namespace Performance.Portal.Components.Pages.AsOf;

/// <summary>An agent's row as it was known then and as it is now.</summary>
public sealed record PastRow(
    string Key, string Name, ScorecardRow? Then, ScorecardRow? Now, AgentDifference? Difference)
{
    private static readonly string[] Shown =
    [
        "allocated", "firstPass", "failedFirstPass", "failedFirstPassRate", "rejected", "rejectRate", "reRejected",
        "excused", "attendance", "dailyAvg", "score", "grade"
    ];

    public static IReadOnlyList<ScorecardColumn> Columns { get; } =
        [.. ScorecardColumn.All.Where(c => Shown.Contains(c.Id))];

    /// <summary>Today's rows, with the earlier ones where they differ; those that are gone come too.</summary>
    public static IReadOnlyList<PastRow> Of(Scorecard now, Differences differences)
    {
        var differing = differences.Items.ToDictionary(KeyOf);
        var today = now.Agents.Select(row => differing.GetValueOrDefault(row.Key) is { } difference
            ? new PastRow(row.Key, row.Name, difference.Then, difference.Now, difference)
            : new PastRow(row.Key, row.Name, row, row, null)).ToList();
        var gone = differences.Items.Where(d => today.All(row => row.Key != KeyOf(d)))
            .Select(d => new PastRow(KeyOf(d), d.Name, d.Then, d.Now, d));
        return
        [
            .. today.Concat(gone).OrderBy(row => row.Key == IScoringApi.Unassigned)
                .ThenBy(row => row.Name, StringComparer.CurrentCultureIgnoreCase)
        ];
    }

    /// <summary>The number's difference, where the screen shows one.</summary>
    public NumberDifference? Changed(ScorecardColumn column) =>
        TextThen(column) == TextNow(column) ? null
            : Difference?.Numbers.FirstOrDefault(number => number.Name == column.Id);

    public string TextThen(ScorecardColumn column) => Then is null ? Show.Numbers.Dash : column.Text(Then);

    public string TextNow(ScorecardColumn column) => Now is null ? Show.Numbers.Dash : column.Text(Now);

    private static string KeyOf(AgentDifference difference) =>
        difference.AgentId?.ToString() ?? IScoringApi.Unassigned;
}
