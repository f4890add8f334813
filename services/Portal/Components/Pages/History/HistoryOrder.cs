using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.History;

/// <summary>The agents of a year's history in order: by name, by trend or by a month's grade.</summary>
public static class HistoryOrder
{
    /// <summary>Those who decline, since when.</summary>
    public const string ByTrend = "trend";

    public static TableOrder ByName { get; } = new("name");

    /// <summary>The months as they stand in the address, whatever the year.</summary>
    public static IReadOnlyList<string> Months { get; } = [.. Enumerable.Range(1, 12).Select(m => $"{m:00}")];

    public static bool Sorts(string column) =>
        column == ByName.By || column == ByTrend || Months.Contains(column);

    /// <summary>Who has no grade in the month comes last.</summary>
    public static IEnumerable<HistoryAgent> Sorted(IEnumerable<HistoryAgent> agents, TableOrder order, int year) =>
        (order.By switch
        {
            "name" => order.Sort(agents, a => a.Name, StringComparer.CurrentCultureIgnoreCase),
            ByTrend => order.Sort(agents, a => a.DecliningSince, StringComparer.Ordinal),
            var month => order.Sort(agents, a => Rank(a, $"{year}-{month}"))
        }).ThenBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(a => a.AgentId);

    /// <summary>The grade; of the same grade the failed first-pass rate.</summary>
    private static decimal? Rank(HistoryAgent agent, string month) =>
        agent.Months.FirstOrDefault(m => m.Month == month) is { Grade: [var letter, ..] } found
            ? (letter * 1000m) + (found.FailedFirstPassRate ?? 0)
            : null;
}
