using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.WorkLog;

/// <summary>What of the agents' productivity logs is on the screen, as its address says it.</summary>
public sealed record WorkLogAddress : IFilteredAddress<WorkLogAddress>
{
    public const string Path = "/work-log";

    static string IFilteredAddress<WorkLogAddress>.Path => Path;

    public ScorecardFilter Filter { get; init; } = new();

    public TableOrder Order { get; init; } = WorkLogTable.ByName;

    public int Page { get; init; } = 1;

    /// <summary>Whose day is open at the side.</summary>
    public Guid? Of { get; init; }

    public DateOnly? On { get; init; }

    public string Asked => FilterQuery.Address(Path, Filter);

    public bool HasPanel => Of is not null;

    public static WorkLogAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new WorkLogAddress
        {
            Filter = query.Filter(),
            Order = TableOrder.Of(query, WorkLogTable.ByName, WorkLogTable.Sorts),
            Page = query.Number("page", 1),
            Of = Guid.TryParse(query.One("of"), out var agent) ? agent : null,
            On = DateOnly.TryParseExact(query.One("on"), "yyyy-MM-dd", out var day) ? day : null
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, Filter,
        [
            .. Order.Pairs(WorkLogTable.ByName), ("page", Page > 1 ? Page.ToString() : null), ("of", Of?.ToString()),
            ("on", On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        ]);

    public WorkLogAddress Narrowed(ScorecardFilter filter) => this with { Filter = filter, Page = 1 };

    public WorkLogAddress WithoutPanel() => Open(null, null);

    public WorkLogAddress Open(Guid? agent, DateOnly? day) => this with { Of = agent, On = day };
}
