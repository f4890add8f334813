using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Rejections;

/// <summary>A line of the quality matrix: an agent or a month.</summary>
/// <param name="Key">Its key in the address.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Total">All its rejection events, also of categories that are no column.</param>
/// <param name="Count">Its events of a category.</param>
public sealed record MatrixLine(string Key, string Name, long Total, Func<DefectCategory, long> Count)
{
    /// <summary>Sorted by the line itself, and by all its events.</summary>
    public const string ByName = "name";
    public const string ByTotal = "all";

    /// <summary>Before a category that the lines are sorted by.</summary>
    private const string ByCategory = "in:";

    public static string Column(DefectCategory category) => ByCategory + category.Category;

    public static bool Sorts(string column) =>
        column is ByName or ByTotal || column.StartsWith(ByCategory, StringComparison.Ordinal);

    /// <summary>Of agents the one with most first, of months the latest.</summary>
    public static TableOrder Own(bool byMonth) => new(byMonth ? ByName : ByTotal, true);

    /// <summary>Tickets that nobody has come last, however it is sorted.</summary>
    public static IReadOnlyList<MatrixLine> Sorted(
        IReadOnlyList<MatrixLine> lines, RejectionsAddress address, IReadOnlyList<DefectCategory> categories)
    {
        var order = address.Lines;
        var people = lines.Where(l => l.Key != IScoringApi.Unassigned);
        var sorted = order.By == ByName
            ? order.Sort(people, l => address.ByMonth ? l.Key : l.Name, StringComparer.CurrentCultureIgnoreCase)
            : categories.FirstOrDefault(c => Column(c) == order.By) is { } category
                ? order.Sort(people, l => l.Count(category))
                : order.Sort(people, l => l.Total);
        return [.. sorted.ThenBy(l => l.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(l => l.Key),
            .. lines.Where(l => l.Key == IScoringApi.Unassigned)];
    }

    public static IReadOnlyList<MatrixLine> ByAgent(RejectionAnalysis analysis) =>
    [
        .. analysis.Agents.Select(a => new MatrixLine(
            a.Key, a.Name, a.Events, category => category.ByAgent.GetValueOrDefault(a.Key)))
    ];

    public static IReadOnlyList<MatrixLine> ByMonth(RejectionAnalysis analysis) =>
    [
        .. analysis.Categories.SelectMany(c => c.ByMonth).GroupBy(c => c.Key, c => c.Value).Select(m => new MatrixLine(
            m.Key, BusinessTime.Month(m.Key), m.Sum(), category => category.ByMonth.GetValueOrDefault(m.Key)))
    ];
}
