namespace Performance.Scoring.Views;

/// <summary>What a number in a facts table stands for.</summary>
internal enum FacetKind : short
{
    Agent = 1,
    Type = 2,
    State = 3,
    Status = 4
}

/// <summary>
/// Numbers for agents, types, states and statuses. Handed out in the order of the events by the only writer, in the
/// transaction that first uses them.
/// </summary>
internal sealed class FacetCodes
{
    private readonly Dictionary<(FacetKind, string), int> codes;
    private readonly Dictionary<FacetKind, int> last;
    private readonly List<(FacetKind Kind, int Id, string Value)> added = [];

    private FacetCodes(IReadOnlyList<(FacetKind Kind, int Id, string Value)> known)
    {
        codes = known.ToDictionary(f => (f.Kind, f.Value), f => f.Id);
        last = known.GroupBy(f => f.Kind).ToDictionary(g => g.Key, g => g.Max(f => f.Id));
    }

    public static async Task<FacetCodes> LoadAsync(ViewBatch batch, CancellationToken cancel) =>
        new(await batch.ReadAsync(
            "select kind, id, value from scoring_facets",
            r => ((FacetKind)r.GetInt16(0), r.GetInt32(1), r.GetString(2)), cancel));

    public int Of(Guid? agent) => agent is { } id ? Of(FacetKind.Agent, id.ToString()) : 0;

    public int Of(FacetKind kind, string? value)
    {
        if (value is null)
        {
            return 0;
        }

        if (!codes.TryGetValue((kind, value), out var id))
        {
            id = last.GetValueOrDefault(kind) + 1;
            last[kind] = codes[(kind, value)] = id;
            added.Add((kind, id, value));
        }

        return id;
    }

    public void QueueNew(ViewBatch batch)
    {
        if (added.Count > 0)
        {
            batch.Queue(
                "insert into scoring_facets (kind, id, value) select * from unnest(?::smallint[], ?::int[], ?::text[])",
                added.Select(f => (int)f.Kind).ToArray(),
                added.Select(f => f.Id).ToArray(),
                added.Select(f => f.Value).ToArray());
        }
    }
}
