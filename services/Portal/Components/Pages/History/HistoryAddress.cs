using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.History;

/// <summary>What of the history is on the screen, as its address says it.</summary>
public sealed record HistoryAddress
{
    public const string Path = "/history";

    public ScorecardFilter Filter { get; init; } = new();

    /// <summary>Null: the running one.</summary>
    public int? Year { get; init; }

    /// <summary>Only agents with a declining trend.</summary>
    public bool Declining { get; init; }

    /// <summary>Whose receipt is open at the side.</summary>
    public Guid? Of { get; init; }

    /// <summary>The receipt's month.</summary>
    public string? In { get; init; }

    /// <summary>What is asked of Scoring.</summary>
    public string Asked => FilterQuery.Address(Path, Filter, ("year", Year?.ToString()));

    public static HistoryAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new HistoryAddress
        {
            Filter = query.Filter(),
            Year = query.Number("year", 0) is var year and >= 1900 and < 2200 ? year : null,
            Declining = query.One("declining") == "true",
            Of = Guid.TryParse(query.One("of"), out var agent) ? agent : null,
            In = query.One("in")
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, Filter, ("year", Year?.ToString()), ("declining", Declining ? "true" : null), ("of", Of?.ToString()),
        ("in", In));

    public HistoryAddress Open(Guid? agent, string? month) => this with { Of = agent, In = month };
}
