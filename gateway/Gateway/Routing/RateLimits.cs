using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary>
/// Section <c>RateLimits</c>: token buckets by address where nobody has signed in, by user where somebody has. Each
/// replica counts for itself.
/// </summary>
internal static class RateLimits
{
    public const string SignIn = "SignIn";
    public const string Token = "Token";
    public const string PublicForm = "PublicForm";
    public const string StatusLink = "StatusLink";
    public const string Webhook = "Webhook";

    private const string User = "User";
    private const string Address = "Address";

    /// <summary>A bucket: so many at once, then so many a minute.</summary>
    internal sealed record Bucket(int Burst, int PerMinute);

    // Streaming may post each event by itself at some hundreds a second; a dashboard loads dozens of files at once.
    private static readonly Dictionary<string, Bucket> Defaults = new()
    {
        [SignIn] = new(100, 120),
        [Token] = new(120, 240),
        [PublicForm] = new(30, 30),
        [StatusLink] = new(60, 120),
        // Somebody may edit a list of some hundred tasks at once, and each change is told by itself.
        [Webhook] = new(600, 1_200),
        [User] = new(10_000, 120_000),
        [Address] = new(2_000, 30_000)
    };

    public static void AddRateLimits(this WebApplicationBuilder builder) => builder.Services.AddRateLimiter(options =>
    {
        var section = builder.Configuration.GetSection("RateLimits");
        var buckets = Defaults.ToDictionary(
            limit => limit.Key, limit => section.GetSection(limit.Key).Get<Bucket>() ?? limit.Value);
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => Caller(http) is { } user
            ? Partition("user " + user, buckets[User])
            : Partition("address " + ClientAddress.Of(http), buckets[Address]));
        foreach (var name in (string[])[SignIn, Token])
        {
            options.AddPolicy(name, http => Partition($"{name} {ClientAddress.Of(http)}", buckets[name]));
        }

        foreach (var name in (string[])[PublicForm, StatusLink, Webhook])
        {
            options.AddPolicy(name, http => Caller(http) is null
                ? Partition($"{name} {ClientAddress.Of(http)}", buckets[name])
                : RateLimitPartition.GetNoLimiter("signed in"));
        }

        options.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
                ? after : TimeSpan.FromSeconds(1);
            await Waiting.Problem("Too many requests. Wait before the next one.", wait)
                .ExecuteAsync(rejected.HttpContext);
        };
    });

    private static string? Caller(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true ? http.User.FindFirst(TokenClaims.Subject)?.Value : null;

    private static RateLimitPartition<string> Partition(string key, Bucket bucket) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => Options(bucket));

    private static TokenBucketRateLimiterOptions Options(Bucket bucket)
    {
        // Refilled at most ten times a second, with whole tokens.
        var perTick = Math.Max(1, bucket.PerMinute / 600);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = bucket.Burst,
            TokensPerPeriod = perTick,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)perTick / Math.Max(1, bucket.PerMinute)),
            QueueLimit = 0
        };
    }
}
