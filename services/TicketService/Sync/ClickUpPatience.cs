using System.Globalization;
using System.Text.Json;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Performance.Tickets.Sync;

/// <summary>
/// When the sync asks again: a limit is waited out as ClickUp says; a broken page, an error or silence a few times
/// with growing pauses.
/// </summary>
internal static class ClickUpPatience
{
    private const int MostWaits = 100;

    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    /// <param name="limits">How patient.</param>
    /// <param name="clock">The time.</param>
    /// <param name="tell">Told in words why the sync waits.</param>
    public static ResiliencePipeline<JsonElement> Create(
        SyncLimits limits, TimeProvider clock, Func<string, CancellationToken, Task> tell) =>
        new ResiliencePipelineBuilder<JsonElement> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<JsonElement>
            {
                ShouldHandle = new PredicateBuilder<JsonElement>().Handle<RateLimitedException>(),
                MaxRetryAttempts = MostWaits,
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
                    ((RateLimitedException)args.Outcome.Exception!).Wait),
                OnRetry = args => TellAsync(
                    tell, $"{args.Outcome.Exception!.Message} Goes on in {Seconds(args.RetryDelay)} s.",
                    args.Context.CancellationToken)
            })
            .AddRetry(new RetryStrategyOptions<JsonElement>
            {
                ShouldHandle = new PredicateBuilder<JsonElement>().Handle<BrokenAnswerException>()
                    .Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutRejectedException>(),
                MaxRetryAttempts = Math.Max(1, limits.Attempts - 1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = limits.Pause,
                MaxDelay = SyncLimits.LongestPause,
                OnRetry = args => TellAsync(
                    tell,
                    $"Attempt {args.AttemptNumber + 1} failed: {Words(args.Outcome.Exception!)} "
                    + $"The next in {Seconds(args.RetryDelay)} s.", args.Context.CancellationToken)
            })
            .AddTimeout(limits.Timeout)
            .Build();

    /// <summary>
    /// How long a 429 says to wait: <c>X-RateLimit-Reset</c> in unix seconds, else <c>Retry-After</c>.
    /// </summary>
    public static TimeSpan WaitOf(HttpResponseMessage response, DateTimeOffset now)
    {
        var wait = Header(response, "X-RateLimit-Reset") is { } reset
            ? DateTimeOffset.FromUnixTimeSeconds(reset) - now
            : Header(response, "Retry-After") is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualWait;
        // The minute that begins then may begin a moment later there.
        return TimeSpan.FromSeconds(Math.Clamp(wait.TotalSeconds, 0, SyncLimits.LongestWait.TotalSeconds) + 0.25);
    }

    private static long? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < 10_000_000_000
            ? number
            : null;

    private static async ValueTask TellAsync(
        Func<string, CancellationToken, Task> tell, string words, CancellationToken cancel) =>
        await tell(words, cancel);

    private static string Words(Exception e) => e is TimeoutRejectedException ? "no answer in time." : e.Message;

    private static string Seconds(TimeSpan delay) =>
        Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
