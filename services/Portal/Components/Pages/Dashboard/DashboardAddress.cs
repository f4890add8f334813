using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>The whole view of the dashboard as its address says it, so that it can be shared.</summary>
public sealed record DashboardAddress
{
    public const string Path = "/dashboard";

    public ScorecardFilter Filter { get; init; } = new();

    public string? Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>Columns that the person took away or added, against the default.</summary>
    public IReadOnlyList<string> Toggled { get; init; } = [];

    public int Page { get; init; } = 1;

    /// <summary>The measure whose tickets are open at the side, or <c>grade</c>.</summary>
    public string? Panel { get; init; }

    /// <summary>Whose: an agent id, <c>unassigned</c> or <c>all</c>.</summary>
    public string? Of { get; init; }

    /// <summary>Which bar of a chart: a defect category or a day.</summary>
    public string? Key { get; init; }

    public static DashboardAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        // An empty type, state or status is a choice of its own: tickets that have none.
        IReadOnlyList<string> Facet(string name) =>
            query.TryGetValue(name, out var values) ? [.. values.OfType<string>().Distinct()] : [];
        IReadOnlyList<string> Many(string name) => [.. Facet(name).Where(v => v.Length > 0)];
        string? One(string name) => Many(name).FirstOrDefault();
        return new DashboardAddress
        {
            Filter = new ScorecardFilter
            {
                Months = Many("month"),
                Weeks = Many("week"),
                Days = Many("day"),
                Assignees = Many("assignee"),
                Types = Facet("type"),
                States = Facet("state"),
                Statuses = Facet("status"),
                Coached = One("coached") == "true" ? "true" : null
            },
            Sort = One("sort"),
            Descending = One("desc") == "true",
            Toggled = Many("column"),
            Page = int.TryParse(One("page"), out var page) && page > 0 ? page : 1,
            Panel = One("panel"),
            Of = One("of"),
            Key = One("key")
        };
    }

    public override string ToString()
    {
        List<KeyValuePair<string, string?>> query =
        [
            .. Pairs("month", Filter.Months), .. Pairs("week", Filter.Weeks), .. Pairs("day", Filter.Days),
            .. Pairs("assignee", Filter.Assignees), .. Pairs("type", Filter.Types), .. Pairs("state", Filter.States),
            .. Pairs("status", Filter.Statuses), .. Pairs("coached", Filter.Coached), .. Pairs("sort", Sort),
            .. Pairs("desc", Descending ? "true" : null), .. Pairs("column", Toggled),
            .. Pairs("page", Page > 1 ? Page.ToString() : null), .. Pairs("panel", Panel), .. Pairs("of", Of),
            .. Pairs("key", Key)
        ];
        return QueryHelpers.AddQueryString(Path, query);
    }

    public DashboardAddress WithPanel(string? panel, string? of, string? key = null) =>
        this with { Panel = panel, Of = of, Key = key };

    /// <summary>Compared by what is asked for, not by lists' identity.</summary>
    public string FilterKey =>
        (this with { Sort = null, Descending = false, Toggled = [], Page = 1, Panel = null, Of = null, Key = null })
        .ToString();

    private static IEnumerable<KeyValuePair<string, string?>> Pairs(string name, IEnumerable<string> values) =>
        values.Select(value => KeyValuePair.Create(name, (string?)value));

    private static IEnumerable<KeyValuePair<string, string?>> Pairs(string name, string? value) =>
        value is null ? [] : [KeyValuePair.Create(name, (string?)value)];
}
