using System.Text.Json;
using JasperFx.Events;
using Performance.Scoring.AsOf;

namespace Performance.Scoring.Views;

/// <summary>
/// The events by which all tickets are read and graded, in a table of their own: a question about the past needs all of
/// them, and would else look for these few among the events of all tickets (docs/adr/0113).
/// </summary>
internal static class FrameView
{
    private static readonly Dictionary<Type, string> Names =
        StoredFacts.OfTheFrame.ToDictionary(f => f.Value, f => f.Key);

    public static void Apply(ViewBatch batch, IReadOnlyList<IEvent> events)
    {
        var frame = events.Where(e => Names.ContainsKey(e.Data.GetType())).ToList();
        if (frame.Count > 0)
        {
            batch.Queue(
                "insert into frame_facts (seq_id, type, data) select * from unnest(?::bigint[], ?::text[], ?::text[])",
                frame.Select(e => e.Sequence).ToArray(), frame.Select(e => Names[e.Data.GetType()]).ToArray(),
                frame.Select(e => JsonSerializer.Serialize(e.Data, e.Data.GetType())).ToArray());
        }
    }
}
