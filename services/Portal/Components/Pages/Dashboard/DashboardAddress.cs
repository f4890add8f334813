using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>The whole view of the dashboard as its address says it, so that it can be shared.</summary>
public sealed record DashboardAddress : IFilteredAddress<DashboardAddress>
{
    public const string Path = "/dashboard";

    static string IFilteredAddress<DashboardAddress>.Path => Path;

    public ScorecardFilter Filter { get; init; } = new();

    public TableOrder Order { get; init; } = ScorecardColumn.ByName;

    /// <summary>Columns that the person took away.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    public int Page { get; init; } = 1;

    /// <summary>The measure whose tickets are open at the side, or <c>grade</c>.</summary>
    public string? Panel { get; init; }

    /// <summary>Whose: an agent id, <c>unassigned</c> or <c>all</c>.</summary>
    public string? Of { get; init; }

    /// <summary>Which bar of a chart: a defect category or a day.</summary>
    public string? Key { get; init; }

    public static DashboardAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new DashboardAddress
        {
            Filter = query.Filter(),
            Order = TableOrder.Of(query, ScorecardColumn.ByName, ScorecardColumn.Sorts),
            Hidden = query.Many("column"),
            Page = query.Number("page", 1),
            Panel = query.One("panel"),
            Of = query.One("of"),
            Key = query.One("key")
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, Filter,
        [
            .. Order.Pairs(ScorecardColumn.ByName), .. Hidden.Select(c => ("column", (string?)c)),
            ("page", Page > 1 ? Page.ToString() : null), ("panel", Panel), ("of", Of), ("key", Key)
        ]);

    public DashboardAddress WithPanel(string? panel, string? of, string? key = null) =>
        this with { Panel = panel, Of = of, Key = key };

    /// <summary>Compared by what is asked for, not by lists' identity.</summary>
    public string FilterKey => FilterQuery.Address(Path, Filter);

    public string Asked => FilterKey;

    public bool HasPanel => Panel is not null;

    public DashboardAddress Narrowed(ScorecardFilter filter) => this with { Filter = filter, Page = 1 };

    public DashboardAddress WithoutPanel() => WithPanel(null, null);
}
