using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace Performance.Gateway;

/// <summary>
/// The services behind the routes: one destination per variable <c>services__name__http__0</c>, <c>…__1</c>, … that
/// Aspire (or a deployment) sets.
/// </summary>
internal static class Clusters
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(100);

    /// <summary>The same service for answers without an end.</summary>
    public static string EndlessOf(string service) => service + "-endless";

    /// <summary>The addresses of a service.</summary>
    public static IReadOnlyList<string> Addresses(IConfiguration configuration, string service) =>
        configuration.GetSection($"services:{service}:http").GetChildren()
            .OrderBy(address => address.Key, StringComparer.Ordinal)
            .Select(address => address.Value?.TrimEnd('/'))
            .OfType<string>()
            .DefaultIfEmpty($"http://{service}")
            .ToList();

    public static IReadOnlyList<ClusterConfig> From(IConfiguration configuration) => RouteTable.Services
        .SelectMany(service => Of(service, Addresses(configuration, service)))
        .ToList();

    private static IEnumerable<ClusterConfig> Of(string service, IReadOnlyList<string> addresses)
    {
        var cluster = new ClusterConfig
        {
            ClusterId = service,
            Destinations = addresses.Index().ToDictionary(
                address => $"{service}-{address.Index}", address => new DestinationConfig { Address = address.Item }),
            LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Silence },
            HealthCheck = addresses.Count > 1 ? Replicas : null,
            SessionAffinity = addresses.Count > 1 && service == RouteTable.Portal ? Circuits : null
        };
        yield return cluster;
        yield return cluster with
        {
            ClusterId = EndlessOf(service),
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromDays(1) }
        };
    }

    /// <summary>A dead replica gets nothing until it answers again; if all seem dead, try them all the same.</summary>
    private static HealthCheckConfig Replicas => new()
    {
        AvailableDestinationsPolicy = "HealthyOrPanic",
        Active = new ActiveHealthCheckConfig
        {
            Enabled = true,
            Path = "/alive",
            Interval = TimeSpan.FromSeconds(2),
            Timeout = TimeSpan.FromSeconds(2),
            Policy = "ConsecutiveFailures"
        }
    };

    /// <summary>A Blazor circuit lives in one process.</summary>
    private static SessionAffinityConfig Circuits => new()
    {
        Enabled = true,
        Policy = "ArrCookie",
        FailurePolicy = "Redistribute",
        AffinityKeyName = "performance.replica",
        Cookie = new SessionAffinityCookieConfig { HttpOnly = true, SameSite = SameSiteMode.Lax }
    };
}
