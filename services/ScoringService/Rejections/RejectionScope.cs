using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;

namespace Performance.Scoring.Rejections;

/// <summary>The rejection events that count, under the filters and what the caller may see.</summary>
/// <param name="Scope">The condition.</param>
/// <param name="Agent">The column that says who an event counts for.</param>
internal sealed record RejectionScope(TicketScope Scope, string Agent)
{
    public const string From = $"{Alone} join ticket_facts f using (ticket_id)";

    // Rejection events are kept of tickets that have facts and of no others: what asks for no ticket need not join.
    private const string Alone = "from rejection_events e";

    /// <summary>Where counts of events alone come from.</summary>
    public string FromEvents => Scope.Where.Contains("f.", StringComparison.Ordinal) ? From : Alone;

    public static RejectionScope Of(ViewSnapshot views, Caller caller, Filters filters, DateTimeOffset now) =>
        Of(views, AgentScope.Of(views, caller, filters), filters, GetScorecard.PolicyFor(views, filters, now).Policy);

    public static RejectionScope Of(ViewSnapshot views, AgentScope agents, Filters filters, ScorePolicy policy)
    {
        var column = policy.RejectionCredit == RejectionCredit.AtRejection ? "e.agent" : "f.agent";
        return new RejectionScope(
            TicketScope.Of(filters, agents.Numbers(), views.Facets, column).Add("not e.excused"), column);
    }
}
