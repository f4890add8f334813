using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Performance.Portal.Api;

namespace Performance.Portal.Components.Parts;

/// <summary>The filters of a page in its address, named as the API names them.</summary>
public static class FilterQuery
{
    public static Dictionary<string, StringValues> Of(string uri) => QueryHelpers.ParseQuery(new Uri(uri).Query);

    public static ScorecardFilter Filter(this Dictionary<string, StringValues> query) => new()
    {
        Months = query.Many("month"),
        Weeks = query.Many("week"),
        Days = query.Many("day"),
        Assignees = query.Many("assignee"),
        // An empty type, state, status or team is a choice of its own: tickets that have none.
        Types = query.Facet("type"),
        States = query.Facet("state"),
        Statuses = query.Facet("status"),
        Teams = query.Facet("team"),
        Coached = query.One("coached") == "true" ? "true" : null
    };

    public static string? One(this Dictionary<string, StringValues> query, string name) =>
        query.Many(name).FirstOrDefault();

    public static int Number(this Dictionary<string, StringValues> query, string name, int otherwise) =>
        int.TryParse(query.One(name), out var number) && number > 0 ? number : otherwise;

    /// <summary>An address: the filters first, then what the page adds; nothing for what is null.</summary>
    public static string Address(string path, ScorecardFilter filter, params (string Name, string? Value)[] more) =>
        QueryHelpers.AddQueryString(path,
        [
            .. Pairs("month", filter.Months), .. Pairs("week", filter.Weeks), .. Pairs("day", filter.Days),
            .. Pairs("assignee", filter.Assignees), .. Pairs("type", filter.Types), .. Pairs("state", filter.States),
            .. Pairs("status", filter.Statuses), .. Pairs("team", filter.Teams),
            .. Pairs("coached", filter.Coached is { } yes ? [yes] : []),
            .. more.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Name, m.Value))
        ]);

    public static bool IsEmpty(ScorecardFilter filter) => Address("", filter).Length == 0;

    private static IReadOnlyList<string> Facet(this Dictionary<string, StringValues> query, string name) =>
        query.TryGetValue(name, out var values) ? [.. values.OfType<string>().Distinct()] : [];

    public static IReadOnlyList<string> Many(this Dictionary<string, StringValues> query, string name) =>
        [.. query.Facet(name).Where(v => v.Length > 0)];

    private static IEnumerable<KeyValuePair<string, string?>> Pairs(string name, IEnumerable<string> values) =>
        values.Select(value => KeyValuePair.Create(name, (string?)value));
}
