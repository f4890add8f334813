using Marten;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Sync;

/// <summary>
/// <c>POST /api/tickets/sync/run</c>: begins a run now, also where the sync is not enabled. While one is reading, that
/// one is answered: doing it twice is doing it once.
/// </summary>
internal static class StartSync
{
    internal sealed record Answer(Guid RunId);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/sync/run", async (
            HttpContext http, IDocumentStore store, SyncRuns runs, SyncSignal signal, CancellationToken cancel) =>
        {
            var settings = await SyncSettingsAggregation.LoadAsync(store, cancel);
            if (settings is not { HasToken: true })
            {
                throw new DomainException("The sync has no address, workspace or token yet. Save its settings first.");
            }

            var id = await runs.StartAsync(settings, CurrentUser.From(http.User).UserName, cancel);
            signal.Set();
            return Results.Accepted("/api/tickets/sync", new Answer(id));
        })
        .RequireAuthorization(Policies.Administration)
        .Produces<Answer>(StatusCodes.Status202Accepted)
        .WithName("StartSync");
}
