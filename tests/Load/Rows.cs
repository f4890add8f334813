using Performance.Load.Store;
using Performance.Load.EndToEnd;

namespace Performance.Load;

/// <summary>The rows of quality.md, in an order in which none spoils the next.</summary>
internal static class Rows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("append", "append, sessions of 100 streams, 4 writers", ">= 68 k (2 x Marten's 34 k)", Append.MeasureAsync),
        new("start", "start a stream and save, p50 / p99", "<= 0.45 / 1.1 ms", StartAndSave.MeasureAsync),
        new("visible", "commit to visible document, 50 events/s, p50 / p99", "<= 5 / 12 ms",
            CommitToVisible.MeasureAsync),
        new("rebuild-multi", "rebuild, multi-stream", ">= 300 k/s", Rebuild.MultiAsync),
        new("rebuild-single", "rebuild, single-stream", ">= 100 k/s", Rebuild.SingleAsync),
        new("healthy", "./run after a build, until all healthy", "<= 25 s", UntilHealthy.MeasureAsync),
        new("memory", "memory of all .NET processes, idle", "<= 1.2 GB", IdleMemory.MeasureAsync),
        new("import", "import of the ServiceNow log until every scorecard is right", "<= 30 s",
            ImportServiceNow.MeasureAsync),
        new("activity", "activity events through the gateway until visible, nothing lost", ">= 5,000 events/s",
            SustainedActivity.MeasureAsync),
        new("sse", "event posted to server-sent event, 100 events/s, p50 / p99", "<= 30 / 150 ms",
            PostToNotice.MeasureAsync),
        new("rebuild-scoring", "full rebuild of Scoring's projections", ">= 50 k events/s",
            RebuildScoring.MeasureAsync),
        new("scorecard", "filtered scorecard over 1,000,000 tickets, p95", "<= 1.25 x and <= 250 ms",
            MillionTickets.MeasureAsync),
        new("repaint", "a filter changed over 1,000,000 tickets until the dashboard is repainted, p95", "<= 500 ms",
            Repaint.MeasureAsync),
        new("as-of", "scorecard as known then over 1,000,000 tickets, half of them known, slowest of 5", "<= 10 s",
            AsOf.MeasureAsync),
        new("restate", "a policy published over 1,000,000 tickets until moves and scorecard show it", "<= 10 s",
            Restate.PolicyAsync),
        new("zone", "another business zone over 1,000,000 tickets until every one has moved", "(for information)",
            Restate.ZoneAsync)
    ];
}
