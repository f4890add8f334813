using Marten;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;

namespace Performance.Tickets.Sync;

/// <summary><c>GET /api/tickets/sync/settings</c>: without the token and the secret.</summary>
internal static class GetSyncSettings
{
    internal sealed record Answer(
        string BaseAddress, string? TeamId, bool Enabled, int IntervalMinutes, string BusinessZone, bool HasToken,
        bool HasWebhookSecret, string? ChangedBy, DateTimeOffset? ChangedAt, long Version);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/sync/settings", async (
            HttpContext http, IDocumentStore store, CancellationToken cancel) =>
        {
            await using var session = store.QuerySession();
            var events = await session.Events.FetchStreamAsync(SyncSettings.Stream, token: cancel);
            var settings = events.Aggregate((SyncSettings?)null, (s, e) => SyncSettings.Evolve(s, e.StreamId, e.Data));
            var version = events.Count;
            http.Response.Headers.ETag = RequestHeaders.ETag(version);
            return settings is null
                ? new Answer(
                    SyncSettings.Api, null, false, SyncSettings.UsualInterval, SyncSettings.UsualZone, false, false,
                    null, null, version)
                : new Answer(
                    settings.BaseAddress, settings.TeamId, settings.Enabled, settings.IntervalMinutes,
                    settings.BusinessZone, settings.HasToken, settings.HasWebhookSecret, settings.By,
                    settings.ChangedAt, version);
        })
        .RequireAuthorization(Policies.Administration)
        .WithName("GetSyncSettings");
}
