using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.History;

/// <summary>What of the history is on the screen, as its address says it.</summary>
public sealed record HistoryAddress : IFilteredAddress<HistoryAddress>
{
    public const string Path = "/history";

    static string IFilteredAddress<HistoryAddress>.Path => Path;

    public ScorecardFilter Filter { get; init; } = new();

    /// <summary>Null: the running one.</summary>
    public int? Year { get; init; }

    /// <summary>Only agents with a declining trend.</summary>
    public bool Declining { get; init; }

    public TableOrder Order { get; init; } = HistoryOrder.ByName;

    /// <summary>Months that the person took away, <c>01</c> to <c>12</c>.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    public int Page { get; init; } = 1;

    /// <summary>Whose receipt is open at the side.</summary>
    public Guid? Of { get; init; }

    /// <summary>The receipt's month.</summary>
    public string? In { get; init; }

    public string Asked => FilterQuery.Address(Path, Filter, ("year", Year?.ToString()));

    public static HistoryAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new HistoryAddress
        {
            Filter = query.Filter(),
            Year = query.Number("year", 0) is var year and >= 1900 and < 2200 ? year : null,
            Declining = query.One("declining") == "true",
            Order = TableOrder.Of(query, HistoryOrder.ByName, HistoryOrder.Sorts),
            Hidden = query.Many("column"),
            Page = query.Number("page", 1),
            Of = Guid.TryParse(query.One("of"), out var agent) ? agent : null,
            In = query.One("in")
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, Filter,
        [
            ("year", Year?.ToString()), ("declining", Declining ? "true" : null), .. Order.Pairs(HistoryOrder.ByName),
            .. Hidden.Select(c => ("column", (string?)c)), ("page", Page > 1 ? Page.ToString() : null),
            ("of", Of?.ToString()), ("in", In)
        ]);

    public bool HasPanel => Of is not null;

    public HistoryAddress Narrowed(ScorecardFilter filter) => this with { Filter = filter, Page = 1 };

    public HistoryAddress WithoutPanel() => Open(null, null);

    public HistoryAddress Open(Guid? agent, string? month) => this with { Of = agent, In = month };
}
