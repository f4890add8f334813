using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.Coaching;

/// <summary>What the coaching page shows, as its address says it.</summary>
public sealed record CoachingAddress
{
    public const string Path = "/coaching";

    /// <summary>The value of <see cref="Log"/> that leaves the agent open.</summary>
    public const string Anybody = "new";

    /// <summary>Only this agent's sessions.</summary>
    public Guid? Agent { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>The form to log a session is open: for an agent's id, or for anybody.</summary>
    public string? Log { get; init; }

    public static CoachingAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new CoachingAddress
        {
            Agent = Guid.TryParse(query.One("agent"), out var agent) ? agent : null,
            Page = query.Number("page", 1),
            Log = query.One("log")
        };
    }

    public override string ToString()
    {
        var query = new Dictionary<string, string?>();
        if (Agent is { } agent)
        {
            query["agent"] = agent.ToString();
        }

        if (Page > 1)
        {
            query["page"] = Page.ToString(CultureInfo.InvariantCulture);
        }

        if (Log is not null)
        {
            query["log"] = Log;
        }

        return QueryHelpers.AddQueryString(Path, query);
    }
}
