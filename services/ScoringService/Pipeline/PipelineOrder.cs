using Performance.Scoring.Scorecards;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Pipeline;

/// <summary>
/// <c>sort=</c> and <c>desc=</c> of the pipeline, named as its items name their fields: tickets without the value come
/// last either way; of the same value the oldest comes first, so that pages neither repeat nor lose one.
/// </summary>
internal sealed record PipelineOrder(string Column, bool Descending)
{
    private static readonly string[] Columns =
    [
        "externalId", "daysSinceCreated", "holdHours", "status", "agentName", "title", "type", "state", "createdAt"
    ];

    public static PipelineOrder OldestFirst { get; } = new("daysSinceCreated", true);

    /// <summary>Those on hold the longest.</summary>
    public static PipelineOrder LongestHoldFirst { get; } = new("holdHours", true);

    /// <summary>Whether it is by something that only the tickets' histories say.</summary>
    public bool NeedsHistory => Column is "externalId" or "title";

    public static PipelineOrder From(IQueryCollection query)
    {
        var descending = Input.Flag("desc", query["desc"]);
        return query["sort"].ToString() is not { Length: > 0 } column ? OldestFirst
            : Columns.Contains(column, StringComparer.Ordinal) ? new PipelineOrder(column, descending)
            : throw new InvalidFieldException("sort", "is not one of " + string.Join(", ", Columns));
    }

    /// <summary>What to join to <c>ticket_facts f</c>, the value to order it by, and which way.</summary>
    public (string Join, string Value, string Way) Sql(TicketScope scope, ViewSnapshot views, Caller caller)
    {
        var (join, value, down) = Column switch
        {
            // The more days or hours, the earlier the instant.
            "daysSinceCreated" => ("", "f.created_at", !Descending),
            "holdHours" => ("", "f.hold_since", !Descending),
            "createdAt" => ("", "f.created_at", Descending),
            "title" => ("", "lower(h.title)", Descending),
            "externalId" => ("", "lower(h.external_id)", Descending),
            "agentName" => Ranked(scope, "f.agent", views.Facets.Agents.Keys
                .Select(n => (n, TicketLists.Kept(views, n) is { } agent ? caller.NameOf(agent) : null))),
            "type" => Ranked(scope, "f.type", views.Facets.Of(FacetKind.Type)),
            "state" => Ranked(scope, "f.state", views.Facets.Of(FacetKind.State)),
            _ => Ranked(scope, "f.status", views.Facets.Of(FacetKind.Status))
        };

        // Every ticket has a creation: without more words its index serves both ways.
        return (join, value, (down ? "desc" : "asc") + (value == "f.created_at" ? "" : " nulls last")
            + ", f.created_at, f.ticket_id");
    }

    // The facts know numbers only: they are ranked by what they stand for, the same words equally.
    private (string Join, string By, bool Descending) Ranked(
        TicketScope scope, string column, IEnumerable<(int Number, string? Word)> words)
    {
        var ranked = words.Where(w => w.Word is not null).GroupBy(w => w.Word!, StringComparer.OrdinalIgnoreCase)
            .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
            .SelectMany((group, rank) => group.Select(w => (w.Number, Rank: rank))).ToList();
        var numbers = scope.Parameter(ranked.Select(r => r.Number).ToArray());
        var ranks = scope.Parameter(ranked.Select(r => r.Rank).ToArray());
        return ($"left join unnest({numbers}::int[], {ranks}::int[]) as o (number, rank) on o.number = {column}",
            "o.rank", Descending);
    }
}
