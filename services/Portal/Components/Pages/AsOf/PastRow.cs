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
        return Ordered(today.Concat(gone));
    }

    public Guid? AgentId => Guid.TryParse(Key, out var id) ? id : null;

    /// <summary>Whether a number, as the screen shows it, is another one now.</summary>
    public bool Differs => Difference is not null || IsUnexplained;

    /// <summary>Changed while it is looked at: nobody has asked why yet.</summary>
    public bool IsUnexplained => Columns.Any(c => TextThen(c) != TextNow(c) && Changed(c) is null);

    /// <summary>Whether a number has a list behind it.</summary>
    public static bool Opens(string? number) =>
        ScorecardColumn.All.Any(c => c.Id == number && c is { Kind: CellKind.Count, Id: not "coachingSessions" });

    /// <summary>The same rows with what is known today.</summary>
    public static IReadOnlyList<PastRow> Follow(IReadOnlyList<PastRow> rows, Scorecard now)
    {
        var today = now.Agents.ToDictionary(row => row.Key);
        var known = rows.Select(row => row with { Now = today.GetValueOrDefault(row.Key) }).ToList();
        return Ordered(known.Concat(now.Agents.Where(row => rows.All(r => r.Key != row.Key))
            .Select(row => new PastRow(row.Key, row.Name, null, row, null))));
    }

    /// <summary>The number's difference, where the screen shows one.</summary>
    public NumberDifference? Changed(ScorecardColumn column) =>
        TextThen(column) == TextNow(column) ? null
            : Difference?.Numbers.FirstOrDefault(number => number.Name == column.Id);

    public string TextThen(ScorecardColumn column) => Then is null ? Show.Numbers.Dash : column.Text(Then);

    public string TextNow(ScorecardColumn column) => Now is null ? Show.Numbers.Dash : column.Text(Now);

    private static IReadOnlyList<PastRow> Ordered(IEnumerable<PastRow> rows) =>
    [
        .. rows.OrderBy(row => row.Key == IScoringApi.Unassigned)
            .ThenBy(row => row.Name, StringComparer.CurrentCultureIgnoreCase)
    ];

    private static string KeyOf(AgentDifference difference) =>
        difference.AgentId?.ToString() ?? IScoringApi.Unassigned;
}
