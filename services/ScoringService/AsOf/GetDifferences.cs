using Performance.Scoring.Scorecards;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.AsOf;

/// <summary>A number that is another one now, how many events explain it, and the latest of them.</summary>
internal sealed record NumberDifference(
    string Name, object? Then, object? Now, int EventCount, IReadOnlyList<Explanation> Events);

/// <summary>An agent (null: nobody) whose row is another one now; null: there was none, or is none any more.</summary>
internal sealed record AgentDifference(
    Guid? AgentId, string Name, ScorecardRow? Then, ScorecardRow? Now, IReadOnlyList<NumberDifference> Numbers);

/// <summary>A page of agents whose rows differ.</summary>
internal sealed record Differences(
    IReadOnlyList<AgentDifference> Items,
    int Total,
    int Agents,
    int PolicyVersionThen,
    int PolicyVersionNow,
    long Position,
    DateTimeOffset AsOf);

/// <summary>
/// <c>GET /api/scoring/asof/differences?asOf=</c> with the filters: the scorecard then and now, and the events in
/// between that explain each number that differs. <c>events=</c> says how many a number names, the latest first.
/// </summary>
internal static class GetDifferences
{
    private const int UsualAgents = 20;
    private const int UsualEvents = 20;

    // Each of them once for every number of a row.
    private const int MostTold = 10_000;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/asof/differences", async (
            HttpContext http, ViewReader reader, AsOfReader past, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var query = http.Request.Query;
            var filters = Filters.From(query);
            var now = clock.GetUtcNow();
            var asOf = AsOfInstant.Required(query, now);
            var page = Input.Page(query["page"], query["pageSize"], UsualAgents);
            var most = Most(query["events"]);
            if (most * page.Take > MostTold)
            {
                throw new InvalidFieldException("events", $"times pageSize is more than {MostTold}");
            }

            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return await past.InTurnAsync(
                caller, () => ReadAsync(views, caller, filters, asOf, now, page, most, cancel), cancel);
        }).RequireAuthorization(Policies.Oversight).WaitsForTickets();

    private static async Task<Differences> ReadAsync(
        ViewSnapshot views, Caller caller, Filters filters, DateTimeOffset asOf, DateTimeOffset at,
        (int Skip, int Take) page, int most, CancellationToken cancel)
    {
        var frame = await RecordedEvents.FrameAsync(views, cancel);
        var then = new Moment(
            Frame.Of(frame.Where(f => f.RecordedAt <= asOf).Select(f => f.Fact)), filters, asOf, caller, views.Merges);
        var now = new Moment(Frame.Of(frame.Select(f => f.Fact)), filters, at, caller, views.Merges);
        var comparison = new Comparison(then, now, asOf, frame, most);
        await Portions.EachAsync(
            KnownTickets.UnchangedAsync(views, filters, asOf, cancel),
            rows => rows.ConvertAll(row => comparison.Unchanged(row.Read())),
            tickets => tickets.ForEach(comparison.Take), cancel);
        await Portions.EachAsync(
            RecordedEvents.ByTicketAsync(views, "recorded_to > $3", asOf.UtcTicks, cancel),
            changed => changed.ConvertAll(comparison.Of), tickets => tickets.ForEach(comparison.Take), cancel);
        comparison.TakeFrame();
        var (before, after) = (then.Rows(caller.NameOf), now.Rows(caller.NameOf));
        var all = before.Keys.Union(after.Keys)
            .Select(agent => Of(before.GetValueOrDefault(agent), after.GetValueOrDefault(agent), comparison.Causes))
            .Where(difference => difference.Numbers.Count > 0)
            .OrderBy(d => d.AgentId is null).ThenBy(d => d.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(d => d.AgentId).ToList();
        return new Differences(
            [.. all.Skip(page.Skip).Take(page.Take).Select(d => Local(d, views))], all.Count,
            before.Keys.Union(after.Keys).Count(), then.Policy.Version, now.Policy.Version, views.Position, asOf);
    }

    private static AgentDifference Of(ScorecardRow? then, ScorecardRow? now, Causes causes) => new(
        (then ?? now)!.AgentId, (then ?? now)!.Name, then, now,
        [
            .. RowNumbers.Between(then, now).Select(d =>
            {
                var (count, latest) = causes.Of((then ?? now)!.AgentId ?? Guid.Empty, d.Name);
                return new NumberDifference(d.Name, d.Before, d.After, count, latest);
            })
        ]);

    private static AgentDifference Local(AgentDifference all, ViewSnapshot views) => all with
    {
        Numbers =
        [
            .. all.Numbers.Select(n => n with
            {
                Events =
                [
                    .. n.Events.Select(e => e with
                    {
                        OccurredAt = views.Settings.Zone.Local(e.OccurredAt),
                        RecordedAt = views.Settings.Zone.Local(e.RecordedAt)
                    })
                ]
            })
        ]
    };

    private static int Most(string? text) => string.IsNullOrEmpty(text) ? UsualEvents
        : int.TryParse(text, out var number) && number is >= 0 and <= Input.LongestPage ? number
        : throw new InvalidFieldException("events", $"is not a whole number from 0 to {Input.LongestPage}");
}
