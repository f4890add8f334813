using System.Diagnostics;
using System.Globalization;

namespace Performance.Load.EndToEnd;

/// <summary>
/// The scorecard of a million tickets as it was known when half of them had been recorded; beside it as it is known
/// now, by the same way, and what the service's memory came to.
/// </summary>
internal static class AsOf
{
    private const int Samples = 5;

    // Ticks since 0001-01-01.
    private const string Middle =
        "select percentile_disc(0.5) within group (order by recorded_to) from ticket_histories";

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var admin = await context.AdminAsync();
        var system = await context.SystemAsync();
        await using var database = await Million.OpenAsync(context);
        var middle = new DateTimeOffset(await database.RunAsync(Middle), TimeSpan.Zero);
        var half = await SampleAsync(() => admin.GetAsync($"/api/scoring/scorecard?asOf={Text(middle)}"));
        var now = await SampleAsync(
            () => admin.GetAsync($"/api/scoring/scorecard?asOf={Text(TimeProvider.System.GetUtcNow())}"));
        var memory = system.ProcessOf("ScoringService")?.ResidentBytes / 1e6;
        return (string.Create(CultureInfo.InvariantCulture, $"all known {now:0.0} s, resident then {memory:0} MB"),
            string.Create(CultureInfo.InvariantCulture, $"{half:0.0} s"));
    }

    private static string Text(DateTimeOffset at) =>
        Uri.EscapeDataString(at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>The slowest of a few, in seconds; the first, which compiles, apart.</summary>
    private static async Task<double> SampleAsync(Func<Task> once)
    {
        var slowest = 0.0;
        for (var n = 0; n <= Samples; n++)
        {
            var began = Stopwatch.GetTimestamp();
            await once();
            slowest = n == 0 ? 0 : Math.Max(slowest, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return slowest;
    }
}
