using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;

namespace Performance.Tickets.Sync;

/// <summary>Folds the stream of the sync's settings.</summary>
internal sealed partial class SyncSettingsAggregation : SingleStreamProjection<SyncSettings, Guid>
{
    public override SyncSettings Evolve(SyncSettings? snapshot, Guid id, IEvent e) =>
        SyncSettings.Evolve(snapshot, e.StreamId, e.Data);

    /// <summary>The settings as they are; null before they were set for the first time.</summary>
    public static async Task<SyncSettings?> LoadAsync(IDocumentStore store, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return await session.Events.AggregateStreamAsync<SyncSettings>(SyncSettings.Stream, token: cancel);
    }
}
