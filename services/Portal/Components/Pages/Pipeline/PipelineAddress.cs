using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.Pipeline;

/// <summary>What of the pipeline is on the screen, as its address says it.</summary>
public sealed record PipelineAddress : IFilteredAddress<PipelineAddress>
{
    public const string Path = "/pipeline";

    static string IFilteredAddress<PipelineAddress>.Path => Path;

    public ScorecardFilter Filter { get; init; } = new();

    public string? Search { get; init; }

    public TableOrder Order { get; init; } = PipelineColumn.OldestFirst;

    /// <summary>Columns that the person took away.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    public int Page { get; init; } = 1;

    public bool IsNarrowed => Search is not null || !FilterQuery.IsEmpty(Filter);

    public string Asked => (this with { Hidden = [] }).ToString();

    public bool HasPanel => false;

    public static PipelineAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new PipelineAddress
        {
            Filter = query.Filter(),
            Search = query.One("search"),
            Order = TableOrder.Of(query, PipelineColumn.OldestFirst, PipelineColumn.Sorts),
            Hidden = query.Many("column"),
            Page = query.Number("page", 1)
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, Filter,
        [
            ("search", Search), .. Order.Pairs(PipelineColumn.OldestFirst),
            .. Hidden.Select(c => ("column", (string?)c)),
            ("page", Page > 1 ? Page.ToString() : null)
        ]);

    public PipelineAddress Narrowed(ScorecardFilter filter) => this with { Filter = filter, Page = 1 };

    public PipelineAddress WithoutPanel() => this;
}
