using Performance.Scoring.AsOf;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Scorecards;

/// <summary>The cards above the scorecard: totals of what the caller may see.</summary>
/// <param name="Rejected">Tickets with any rejection event, excused or not.</param>
/// <param name="ErrorDensity">Those in percent of allocated.</param>
internal sealed record Kpis(
    long Allocated,
    long Closed,
    decimal? CloseRate,
    decimal? AvgCycleDays,
    long Rejected,
    decimal? ErrorDensity,
    long RejectedAfterExcuses,
    decimal? ErrorDensityAfterExcuses,
    long OnHold);

/// <summary>The policy's limits beyond which a row is flagged: rates in percent; grades that need coaching.</summary>
internal sealed record Limits(decimal RejectRate, decimal ReRejectionRate, IReadOnlyList<string> CoachingGrades)
{
    public static Limits Of(ScorePolicy policy) =>
        new(policy.RejectFailAbove, policy.ReRejectionFailAbove, policy.CoachingGrades);
}

/// <param name="PolicyVersion">The version that it was graded with.</param>
/// <param name="Position">How far the views were.</param>
/// <param name="AsOf">The instant that it is known as of.</param>
/// <param name="Frozen">Whether it is a closed month's: grades and scores are those of the closing.</param>
internal sealed record Scorecard(
    Kpis Kpis, IReadOnlyList<ScorecardRow> Agents, int PolicyVersion, long Position, DateTimeOffset AsOf, bool Frozen)
{
    /// <summary>Null in the past: there nobody is to be flagged any more.</summary>
    public Limits? Limits { get; init; }
}

/// <summary><c>GET /api/scoring/scorecard</c>, with <c>asOf=</c> as it was known then.</summary>
internal static class GetScorecard
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/scorecard", async (
            HttpContext http, ViewReader reader, AsOfReader past, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            var now = clock.GetUtcNow();
            var asOf = AsOfInstant.From(http.Request.Query, now);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return asOf is { } instant ? await past.ScorecardAsync(views, caller, filters, instant, cancel)
                : await ReadAsync(views, caller, filters, now, cancel);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    public static async Task<Scorecard> ReadAsync(
        ViewSnapshot views, Caller caller, Filters filters, DateTimeOffset now, CancellationToken cancel)
    {
        var policy = PolicyFor(views, filters, now);
        var agents = AgentScope.Of(views, caller, filters);
        var tally = await Tally.ReadAsync(views, filters, agents, policy.Policy, cancel);
        var frozen = await FrozenMonths.FindAsync(views, filters, cancel);
        var rows = tally.Rows(
            filters, policy.Policy, frozen, agent => agents.Has(agent) && views.Merges.Kept(agent) == agent,
            caller.NameOf);
        return new Scorecard(KpisOf(tally.Total), rows, policy.Version, views.Position, now, frozen is not null)
        {
            Limits = Limits.Of(policy.Policy)
        };
    }

    /// <summary>
    /// A month is scored with the policy of its last day, a closed one with that of its closing; any other scope with
    /// that of its last day, or today's.
    /// </summary>
    public static PolicyVersion PolicyFor(ViewSnapshot views, Filters filters, DateTimeOffset now) =>
        FrozenMonths.Of(filters) is { } month && views.FrozenMonths.TryGetValue(month, out var version)
            ? views.Policies.Versioned(version)
            : OpenPolicyFor(views, filters, now);

    /// <summary>As if no month had been closed.</summary>
    public static PolicyVersion OpenPolicyFor(ViewSnapshot views, Filters filters, DateTimeOffset now) =>
        views.Policies.On(filters.LastDay() ?? views.Settings.Zone.DayOf(now));

    public static Kpis KpisOf(Counts all) => new(
        all.Allocated, all.Closed, Counts.Percent(all.Closed, all.Allocated), all.AvgCycleDays, all.AnyRejection,
        Counts.Percent(all.AnyRejection, all.Allocated), all.Rejected, all.RejectRate, all.OnHold);
}
