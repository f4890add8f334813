using Refit;

namespace Performance.Portal.Api;

/// <summary>Scorecards, grades and the tickets behind their numbers.</summary>
public interface IScoringApi
{
    /// <summary>The path id of the row of tickets that nobody has.</summary>
    const string Unassigned = "unassigned";

    /// <summary>The path id of everybody: the tickets behind the cards.</summary>
    const string Everybody = "all";

    [Get("/api/scoring/scorecard")]
    Task<Scorecard> ScorecardAsync(ScorecardFilter filter, long? atLeast, CancellationToken cancel);

    [Get("/api/scoring/filters")]
    Task<FilterChoices> ChoicesAsync(CancellationToken cancel);

    [Get("/api/scoring/scorecard/{agentId}/tickets")]
    Task<PageOf<ScoredTicket>> TicketsAsync(
        string agentId, string measure, ScorecardFilter filter, int page, int pageSize, long? atLeast,
        CancellationToken cancel);

    [Get("/api/scoring/agents/{agentId}/grade")]
    Task<GradeReceipt> GradeAsync(Guid agentId, string? month, string? asOf, CancellationToken cancel);
}
