using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;

namespace Performance.Portal.Components.Pages.AsOf;

/// <summary>The view of an earlier instant as its address says it, so that it can be shared.</summary>
public sealed record AsOfAddress
{
    public const string Path = "/as-of";

    public ScorecardFilter Filter { get; init; } = new();

    /// <summary>Null: no instant is chosen yet.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whose number is explained at the side: an agent id or <c>unassigned</c>.</summary>
    public string? Of { get; init; }

    public string? Number { get; init; }

    /// <summary>What the number counted instead of what explains it: <c>then</c> or <c>now</c>.</summary>
    public string? List { get; init; }

    /// <summary>The instant as the API takes it.</summary>
    public string? AsOfText => AsOf?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    public static AsOfAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? One(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text
            ? text : null;
        return new AsOfAddress
        {
            Filter = DashboardAddress.Parse(uri).Filter,
            AsOf = DateTimeOffset.TryParse(
                One("asOf"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant : null,
            Of = One("of"),
            Number = One("number"),
            List = One("list") is "then" or "now" ? One("list") : null
        };
    }

    public override string ToString()
    {
        var filter = new DashboardAddress { Filter = Filter }.ToString()[DashboardAddress.Path.Length..];
        Dictionary<string, string?> more = new()
        {
            ["asOf"] = AsOfText, ["of"] = Of, ["number"] = Number, ["list"] = List
        };
        return QueryHelpers.AddQueryString(Path + filter, more.Where(m => m.Value is not null));
    }

    /// <summary>What is asked of the service: all but what is open at the side.</summary>
    public string AskedKey => Open(null, null).ToString();

    /// <summary>With this at the side; nulls: nothing.</summary>
    public AsOfAddress Open(string? of, string? number, string? list = null) =>
        this with { Of = of, Number = number, List = list };
}
