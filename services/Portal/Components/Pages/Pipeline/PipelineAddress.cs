using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.Pipeline;

/// <summary>What of the pipeline is on the screen, as its address says it.</summary>
public sealed record PipelineAddress
{
    public const string Path = "/pipeline";

    public ScorecardFilter Filter { get; init; } = new();

    public string? Search { get; init; }

    public int Page { get; init; } = 1;

    public bool IsNarrowed => Search is not null || !FilterQuery.IsEmpty(Filter);

    public static PipelineAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new PipelineAddress
        {
            Filter = query.Filter(),
            Search = query.One("search"),
            Page = query.Number("page", 1)
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, Filter, ("search", Search), ("page", Page > 1 ? Page.ToString() : null));
}
