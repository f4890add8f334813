using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Rejections;

/// <summary>A line of the quality matrix: an agent or a month.</summary>
/// <param name="Key">Its key in the address.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Total">All its rejection events, also of categories that are no column.</param>
/// <param name="Count">Its events of a category.</param>
public sealed record MatrixLine(string Key, string Name, long Total, Func<DefectCategory, long> Count)
{
    public static IReadOnlyList<MatrixLine> ByAgent(RejectionAnalysis analysis) =>
    [
        .. analysis.Agents.Select(a => new MatrixLine(
            a.Key, a.Name, a.Events, category => category.ByAgent.GetValueOrDefault(a.Key)))
    ];

    /// <summary>The latest month first.</summary>
    public static IReadOnlyList<MatrixLine> ByMonth(RejectionAnalysis analysis) =>
    [
        .. analysis.Categories.SelectMany(c => c.ByMonth).GroupBy(c => c.Key, c => c.Value).Select(m => new MatrixLine(
            m.Key, BusinessTime.Month(m.Key), m.Sum(), category => category.ByMonth.GetValueOrDefault(m.Key)))
            .OrderByDescending(line => line.Key, StringComparer.Ordinal)
    ];
}
