using Performance.Scoring.Scorecards;

namespace Performance.Scoring.Settings;

/// <summary>Labels that are one defect category (scorecard.md section 5).</summary>
/// <param name="Category">Its name.</param>
/// <param name="Labels">The labels, exactly as they stand on tickets.</param>
internal sealed record LabelGroup(string Category, IReadOnlyList<string> Labels);

/// <summary>
/// Which category a rejection event is of: that of its label; a label in no group is a category of its own. Applied
/// when reading, so that a change holds for all of history at once (docs/adr/0118).
/// </summary>
internal sealed class DefectCategories
{
    private readonly Dictionary<string, string> categories;

    public DefectCategories(IReadOnlyList<LabelGroup>? groups) =>
        categories = (groups ?? []).SelectMany(g => g.Labels.Select(label => (label, g.Category)))
            .ToDictionary(p => p.label, p => p.Category, StringComparer.Ordinal);

    public string Of(string label) => categories.GetValueOrDefault(label, label);

    /// <summary>All labels of some categories.</summary>
    public IReadOnlyList<string> LabelsOf(IReadOnlyList<string> wanted)
    {
        var names = wanted.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. categories.Where(c => names.Contains(c.Value)).Select(c => c.Key),
            // A category may have the name of a label that is in no group.
            .. names.Where(name => !categories.ContainsKey(name))
        ];
    }

    /// <summary>A category as a column of SQL over <c>rejection_events e</c>, and the join that it needs.</summary>
    public (string Column, string Join) Sql(TicketScope scope) => categories.Count == 0
        ? ("e.cause", "")
        : ("coalesce(d.category, e.cause)",
            $"left join unnest({scope.Parameter(categories.Keys.ToArray())}::text[], "
            + $"{scope.Parameter(categories.Values.ToArray())}::text[]) d(label, category) on d.label = e.cause");
}
