using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Performance.Tickets.WorkLog;

/// <summary>Folds the stream of an agent's day.</summary>
internal sealed partial class WorkDayAggregation : SingleStreamProjection<WorkDay, Guid>
{
    public override WorkDay Evolve(WorkDay? snapshot, Guid id, IEvent e) =>
        WorkDay.Evolve(snapshot, e.StreamId, e.Data);
}
