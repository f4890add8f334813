using BenchmarkDotNet.Attributes;
using Performance.Scoring;
using Performance.Scoring.Tickets;

namespace Performance.Benchmarks;

/// <summary>A ticket's history, as long as the ServiceNow log's are on average and as long as its longest.</summary>
[MemoryDiagnoser]
public class FoldOfATicket
{
    private static readonly DateTimeOffset Then = new(2025, 1, 6, 18, 0, 0, TimeSpan.Zero);

    private TicketHistory history = null!;
    private byte[] stored = null!;

    [Params(6, 58)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Write()
    {
        var id = Guid.NewGuid();
        history = TicketHistory.None(id).With(
            new WorkOpened(WorkKind.Imported, "bench", "1", "Title", "Type", "State", "New", Then, null)
            {
                TicketId = id, FactId = Guid.NewGuid(), Step = 1, OccurredAt = Then, RecordedAt = Then
            });
        string[] statuses = ["Active", "Awaiting User Info", "Resolved", "Active", "Resolved", "Closed"];
        for (var step = 2; step <= Steps; step++)
        {
            history = history.With(new WorkStatusChanged(statuses[step % statuses.Length])
            {
                TicketId = id, FactId = Guid.NewGuid(), Step = step, OccurredAt = Then.AddHours(step), RecordedAt = Then
            });
        }

        stored = TicketHistoryCodec.Encode(history.Entries);
    }

    [Benchmark]
    public object? Fold() => TicketFold.Facts(history, StatusClasses.Default);

    [Benchmark]
    public object Decode() => TicketHistoryCodec.Decode(stored);

    [Benchmark]
    public object Encode() => TicketHistoryCodec.Encode(history.Entries);
}
