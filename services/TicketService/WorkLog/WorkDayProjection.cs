using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace Performance.Tickets.WorkLog;

/// <summary>
/// Keeps table <c>work_day</c>, one row for each day that has a log, in the transaction of the events.
/// </summary>
internal sealed class WorkDayProjection : IProjection
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string Upsert = """
        insert into work_day (agent_id, date, version, notes, entries) values (?, ?, ?, ?, ?::jsonb)
        on conflict (agent_id, date) do update set
            version = excluded.version, notes = excluded.notes, entries = excluded.entries
        """;

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancel)
    {
        foreach (var e in events)
        {
            switch (e.Data)
            {
                case DayLogged day:
                    operations.QueueSqlCommand(
                        Upsert, day.AgentId, day.Date, e.Version, day.Notes!,
                        JsonSerializer.Serialize(day.Entries, Json));
                    break;
                case DayCleared day:
                    operations.QueueSqlCommand(
                        "delete from work_day where agent_id = ? and date = ?", day.AgentId, day.Date);
                    break;
            }
        }

        return Task.CompletedTask;
    }
}
