using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Performance.Testing.Running;
using Performance.Tickets.Activity;

namespace Performance.Benchmarks;

/// <summary>A post of 100 CloudEvents in the batched JSON format: the bytes, and what is understood of them.</summary>
[MemoryDiagnoser]
public class PostOfActivity
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private byte[] body = [];

    [GlobalSetup]
    public void Write() => body = JsonSerializer.SerializeToUtf8Bytes(new JsonArray(
        [.. Enumerable.Range(0, 100).Select(n => RepActivity.Mixed("bench", n, Guid.NewGuid(), Now))]));

    [Benchmark(Baseline = true)]
    public int ParseJson()
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetArrayLength();
    }

    [Benchmark]
    public int Understand()
    {
        using var json = JsonDocument.Parse(body);
        return ActivityBatch.Read(json.RootElement, Now).Events.Count;
    }
}
