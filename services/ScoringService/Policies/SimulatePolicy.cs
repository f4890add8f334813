using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.ScorePolicies;

/// <summary>Body of <c>POST /api/scoring/policies/simulate</c>: a draft, and the months to try it on.</summary>
/// <param name="Throughout">As if the draft had been in force in every one of them; else from its date on.</param>
internal sealed record WhatIf(
    string? EffectiveFrom, ScorePolicy? Policy, string? From, string? To, bool Throughout = false);

/// <summary>A page of the moves, with what all of them come to.</summary>
/// <param name="Version">The version that moves them; of a draft the one that publishing would make.</param>
/// <param name="Frozen">Months of the period that were closed before it: they stay as they are.</param>
internal sealed record MoveList(
    int Version, DateOnly EffectiveFrom, MoveCounts Counts, IReadOnlyList<string> Frozen,
    IReadOnlyList<PolicyMove> Items, int Total, long Position);

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
                    views.Policies, effective, policy, caller.User.UserName, clock.GetUtcNow())
                .Cast<PolicyPublished>().Single();
            var after = draft.Throughout
                ? PolicyBook.Create(published with { EffectiveFrom = DateOnly.MinValue })
                : views.Policies.Apply(published);
            var answer = await ReadAsync(views, caller, views.Policies, after, first, last, page, cancel);
            return answer with { EffectiveFrom = effective };
        }).RequireAuthorization(Policies.Administration).WaitsForTickets();

    /// <summary>What the last version of a book moves.</summary>
    public static async Task<MoveList> ReadAsync(
        ViewSnapshot views, Caller caller, PolicyBook before, PolicyBook after, int first, int last,
        (int Skip, int Take) page, CancellationToken cancel)
    {
        var version = after.Versions[^1];
        var credits = before.Versions.Concat(after.Versions)
            .Any(v => v.Policy.RejectionCredit == RejectionCredit.AtRejection);
        var facts = await MonthlyFacts.ReadAsync(views, first, last, credits, cancel);

        // A month closed with this version, or a later one, was open when this one came: it moved it.
        var frozen = views.FrozenMonths.Where(m => m.Key >= first && m.Key <= last && m.Value < version.Version)
            .Select(m => m.Key).ToHashSet();
        var (counts, moves) = PolicyMoves.Between(facts, before, after, frozen, caller.NameOf);
        return new MoveList(
            version.Version, version.EffectiveFrom, counts, [.. frozen.Order().Select(PolicyMoves.NameOf)],
            [.. moves.Skip(page.Skip).Take(page.Take)], moves.Count, views.Position);
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
