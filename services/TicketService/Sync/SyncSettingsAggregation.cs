using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Performance.Tickets.Sync;

/// <summary>Folds the stream of the sync's settings.</summary>
internal sealed partial class SyncSettingsAggregation : SingleStreamProjection<SyncSettings, Guid>
{
    public override SyncSettings Evolve(SyncSettings? snapshot, Guid id, IEvent e) =>
        SyncSettings.Evolve(snapshot, e.StreamId, e.Data);
}
