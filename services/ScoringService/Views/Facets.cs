namespace Performance.Scoring.Views;

/// <summary>What the numbers in the facts tables stand for, both ways.</summary>
internal sealed class Facets
{
    private readonly Dictionary<(FacetKind, string), int> ids;
    private readonly Dictionary<(FacetKind, int), string> values;

    public Facets(IReadOnlyList<(FacetKind Kind, int Id, string Value)> rows)
    {
        ids = rows.ToDictionary(r => (r.Kind, r.Value), r => r.Id);
        values = rows.ToDictionary(r => (r.Kind, r.Id), r => r.Value);
        Agents = rows.Where(r => r.Kind == FacetKind.Agent).ToDictionary(r => r.Id, r => Guid.Parse(r.Value));
    }

    /// <summary>The agents that tickets name, by number.</summary>
    public IReadOnlyDictionary<int, Guid> Agents { get; }

    /// <summary>The number of a value; 0 for none; -1, which no row has, for one never met.</summary>
    public int Id(FacetKind kind, string? value) =>
        string.IsNullOrEmpty(value) ? 0 : ids.GetValueOrDefault((kind, value), -1);

    public string? Value(FacetKind kind, int id) => values.GetValueOrDefault((kind, id));

    /// <summary>Every value of a kind with its number.</summary>
    public IEnumerable<(int Id, string? Value)> Of(FacetKind kind) =>
        values.Where(v => v.Key.Item1 == kind).Select(v => (v.Key.Item2, (string?)v.Value));

    public Guid? Agent(int id) => Agents.TryGetValue(id, out var agent) ? agent : null;
}
