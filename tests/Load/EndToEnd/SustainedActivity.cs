using System.Diagnostics;
using System.Globalization;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>
/// 60,000 events of eight reps in batches of 100 through the gateway by four senders, until every rep's own view shows
/// exactly what was acknowledged.
/// </summary>
internal static class SustainedActivity
{
    private const int Batches = 600;
    private const int Batch = 100;
    private const int Senders = 4;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var admin = await context.AdminAsync();
        var integration = await admin.IntegrationAsync("load-" + Guid.NewGuid().ToString("n")[..6]);
        var reps = await context.RepsAsync("load-rep", 8);
        var day = new DateTimeOffset(2025, 5, 14, 17, 0, 0, TimeSpan.Zero);
        var run = Guid.NewGuid().ToString("n")[..8];
        var batches = Enumerable.Range(0, Batches).Select(b => Enumerable.Range(0, Batch).Select(n =>
        {
            var number = (b * Batch) + n;
            return RepActivity.Mixed(run, number, reps[number / 4 % reps.Count].Id, day.AddSeconds(number % 20_000));
        }).ToList()).ToList();
        await integration.PostUntilAcknowledgedAsync([RepActivity.Call(run + "-warm", reps[0].Id, day)]);
        var oracle = batches.SelectMany(b => b).Append(RepActivity.Call(run + "-warm", reps[0].Id, day))
            .GroupBy(e => e["data"]!["repId"]!.GetValue<Guid>()).ToDictionary(g => g.Key, RepCounts.Of);

        var watch = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var b && b < Batches)
            {
                await integration.PostUntilAcknowledgedAsync(batches[b]);
            }
        })));
        var accepted = watch.Elapsed;
        foreach (var (id, self) in reps)
        {
            await Eventually.ValueAsync(() => RepCounts.ReadAsync(self, "2025-05"), c => c == oracle[id],
                TimeSpan.FromMinutes(2), $"{oracle[id]}");
        }

        return ($"acknowledged at {Figures.PerSecond(Batches * Batch, accepted)}",
            Figures.PerSecond(Batches * Batch, watch.Elapsed) + string.Create(
                CultureInfo.InvariantCulture, $" ({Batches * Batch:#,0} events, none lost)"));
    }
}
