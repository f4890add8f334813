using Marten;
using Performance.Contracts;
using Performance.Scoring.Feeds;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Months;

/// <summary>Body of <c>POST /api/scoring/months/{month}/reopen</c>.</summary>
internal sealed record Reopening(string? Reason);

/// <summary><c>POST /api/scoring/months/{month}/reopen</c>: scored as any other month from now on.</summary>
internal static class ReopenMonth
{
    private const int LongestReason = 500;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/scoring/months/{month}/reopen", (
            string month, Reopening body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var first = Input.Month("month", month);
            var reason = Input.Prose("reason", body.Reason, LongestReason);
            var by = CurrentUser.From(http.User).UserName;
            var now = clock.GetUtcNow();
            return CommandEndpoint.RunAsync<MonthState>(
                http, store, EventStoreId.Scoring, StreamIds.Month(first),
                state => Decide(state, first, reason, by, now), cancel);
        }).RequireAuthorization(Policies.Administration);

    public static IReadOnlyList<object> Decide(
        MonthState? state, DateOnly month, string reason, string by, DateTimeOffset now) => state switch
        {
            null => throw new DomainException($"{month:yyyy-MM} was never closed."),
            { IsClosed: false } => [],
            _ => [new MonthReopened(month, by, reason, now)]
        };
}
