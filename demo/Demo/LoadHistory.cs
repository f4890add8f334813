using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;

namespace Performance.Demo;

/// <summary>Activity of the last months, and the sample month. Every id follows from rep and day: no repeats.</summary>
internal sealed class LoadHistory(DemoSettings settings, TimeProvider clock, ILogger<LoadHistory> logger)
{
    private const int Batch = 200;

    public async Task RunAsync(
        Session integration, IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var pace = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(Batch, settings.HistoryPerSecond),
            TokensPerPeriod = Math.Max(1, settings.HistoryPerSecond / 4),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(250),
            QueueLimit = int.MaxValue
        });
        var (accepted, duplicates) = (0, 0);
        foreach (var batch in Events(agents, now).Chunk(Batch))
        {
            using var lease = await pace.AcquireAsync(batch.Length, cancel);
            var answer = await PostAsync(integration, batch, cancel);
            accepted += answer["accepted"]!.GetValue<int>();
            duplicates += answer["duplicates"]!.GetValue<int>();
        }

        logger.LogInformation("Activity: {Accepted} events, {Duplicates} were there already", accepted, duplicates);
    }

    public static async Task<JsonNode> PostAsync(
        Session integration, IEnumerable<CloudEvent> events, CancellationToken cancel)
    {
        var json = new JsonArray([.. events.Select(e => e.ToJson())]).ToJsonString();
        var answer = await integration.CallAsync(HttpMethod.Post, "api/activity", () => new StringContent(
            json, System.Text.Encoding.UTF8, "application/cloudevents-batch+json"), cancel);
        return answer!;
    }

    private IEnumerable<CloudEvent> Events(IReadOnlyDictionary<string, Guid> agents, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, settings.TimeZone).DateTime);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - settings.HistoryMonths);
        // Newest first: the pages that people open at once fill at once.
        var days = Enumerable.Range(0, today.DayNumber - first.DayNumber + 1).Select(back => today.AddDays(-back));
        return JanuarySample.Of(agents[Organisation.Agent.Name], settings.TimeZone)
            .Concat(days.SelectMany(day => Organisation.Reps.SelectMany(
                rep => WorkingDay.Of(rep, agents[rep.Name], day, settings.TimeZone))))
            .Where(happened => happened.Time <= now);
    }
}
