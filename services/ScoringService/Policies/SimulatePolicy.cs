using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.ScorePolicies;

/// <summary>Body of <c>POST /api/scoring/policies/simulate</c>: a draft, and the months to try it on.</summary>
internal sealed record WhatIf(string? EffectiveFrom, ScorePolicy? Policy, string? From, string? To);

/// <summary>A page of the moves, with what all of them come to.</summary>
/// <param name="Version">The version that moves them; of a draft the one that publishing would make.</param>
internal sealed record MoveList(
    int Version, DateOnly EffectiveFrom, MoveCounts Counts, IReadOnlyList<PolicyMove> Items, int Total, long Position);

/// <summary>
/// <c>POST /api/scoring/policies/simulate</c>: who would move if the draft were published, from the facts as they are.
/// It changes nothing.
/// </summary>
internal static class SimulatePolicy
{
    private const int MostMonths = 120;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/scoring/policies/simulate", async (
            WhatIf draft, HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var effective = Input.Date("effectiveFrom", draft.EffectiveFrom);
            var policy = PolicyValidity.Checked(draft.Policy);
            var (first, last) = Period(draft);
            var page = Input.Page(http.Request.Query["page"], http.Request.Query["pageSize"]);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var published = PublishPolicy.Decide(
                views.Policies, effective, policy, caller.User.UserName, clock.GetUtcNow());
            var after = published.Cast<PolicyPublished>().Aggregate(views.Policies, (book, e) => book.Apply(e));
            return await ReadAsync(views, caller, after, first, last, page, cancel);
        }).RequireAuthorization(Policies.Administration).WaitsForTickets();

    /// <summary>What the last version of a book moves against the book without it.</summary>
    public static async Task<MoveList> ReadAsync(
        ViewSnapshot views, Caller caller, PolicyBook after, int first, int last, (int Skip, int Take) page,
        CancellationToken cancel)
    {
        var version = after.Versions[^1];
        var before = after.Before(version.Version);
        var credits = after.Versions.Any(v => v.Policy.RejectionCredit == RejectionCredit.AtRejection);
        var facts = await MonthlyFacts.ReadAsync(views, first, last, credits, cancel);
        var (counts, moves) = PolicyMoves.Between(facts, before, after, new HashSet<int>(), caller.NameOf);
        return new MoveList(
            version.Version, version.EffectiveFrom, counts, [.. moves.Skip(page.Skip).Take(page.Take)], moves.Count,
            views.Position);
    }

    private static (int First, int Last) Period(WhatIf draft)
    {
        var first = BusinessZone.MonthNumber(Input.Month("from", draft.From));
        var last = BusinessZone.MonthNumber(Input.Month("to", draft.To));
        return last < first ? throw new InvalidFieldException("to", "comes before from")
            : last - first >= MostMonths ? throw new InvalidFieldException(
                "to", string.Create(CultureInfo.InvariantCulture, $"is more than {MostMonths} months after from"))
            : (first, last);
    }
}
