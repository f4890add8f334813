using Marten;
using Performance.Contracts;
using Performance.Scoring.Feeds;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.ScorePolicies;

/// <summary>Body of <c>POST /api/scoring/policies</c>.</summary>
internal sealed record PolicyDraft(string? EffectiveFrom, ScorePolicy? Policy);

/// <summary>Every version, and which is in force today.</summary>
internal sealed record PolicyList(
    IReadOnlyList<PolicyVersion> Items, int Total, int InForce, long Position);

/// <summary><c>GET/POST /api/scoring/policies</c>: versions of the score policy, effective from a date.</summary>
internal static class PublishPolicy
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/scoring/policies", (
            PolicyDraft draft, HttpContext http, IDocumentStore store, TimeProvider clock, CancellationToken cancel) =>
        {
            var from = Input.Date("effectiveFrom", draft.EffectiveFrom);
            var policy = PolicyValidity.Checked(draft.Policy);
            var by = CurrentUser.From(http.User).UserName;
            var now = clock.GetUtcNow();
            return CommandEndpoint.RunAsync<PolicyBook>(
                http, store, EventStoreId.Scoring, StreamIds.Policies,
                book => Decide(book ?? PolicyBook.Empty, from, policy, by, now), cancel);
        }).RequireAuthorization(Policies.Administration);

        app.MapGet("/api/scoring/policies", async (ViewReader reader, TimeProvider clock, CancellationToken cancel) =>
        {
            await using var views = await reader.OpenAsync(cancel);
            var today = views.Settings.Zone.DayOf(clock.GetUtcNow());
            return new PolicyList(
                views.Policies.Versions, views.Policies.Versions.Count, views.Policies.On(today).Version,
                views.Position);
        }).RequireAuthorization(Policies.Administration).WaitsForTickets();
    }

    public static IReadOnlyList<object> Decide(
        PolicyBook book, DateOnly from, ScorePolicy policy, string by, DateTimeOffset now) =>
        [new PolicyPublished(book.Versions.Select(v => v.Version).DefaultIfEmpty().Max() + 1, from, policy, by, now)];
}
