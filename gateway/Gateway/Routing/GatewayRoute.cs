using Yarp.ReverseProxy.Configuration;

namespace Performance.Gateway;

/// <summary>A row of the routing table: what goes to which service, for whom, how much of it.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Path">ASP.NET's route syntax; nothing is stripped.</param>
/// <param name="Service">The name that service discovery knows.</param>
/// <param name="Policy">Who may call at all; the service decides whose data.</param>
internal sealed record GatewayRoute(string Name, string Path, string Service, string Policy)
{
    public const long Megabyte = 1 << 20;

    /// <summary>YARP's word for a route that asks for nobody.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Only these methods; empty: all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The largest request body in bytes.</summary>
    public long MaxBody { get; init; } = 10 * Megabyte;

    /// <summary>A stricter limit than the general one per user.</summary>
    public string? RateLimit { get; init; }

    /// <summary>Where the service has it, if not at the same path.</summary>
    public string? ServicePath { get; init; }

    /// <summary>The answer never ends: no time-out between its parts.</summary>
    public bool Endless { get; init; }

    /// <summary>The other cookies go along; services read none.</summary>
    public bool PassesCookies { get; init; }

    /// <summary>Metadata key of <see cref="PassesCookies"/>.</summary>
    public const string Cookies = "Cookies";

    public RouteConfig ToYarp() => new()
    {
        RouteId = Name,
        ClusterId = Endless ? Clusters.EndlessOf(Service) : Service,
        Match = new RouteMatch { Path = Path, Methods = Methods.Count > 0 ? Methods : null },
        AuthorizationPolicy = Policy,
        RateLimiterPolicy = RateLimit,
        MaxRequestBodySize = MaxBody,
        Metadata = PassesCookies ? new Dictionary<string, string> { [Cookies] = "pass" } : null,
        Transforms = ServicePath is null
            ? [OriginalHost]
            : [OriginalHost, new Dictionary<string, string> { ["PathSet"] = ServicePath }]
    };

    // A page that redirects, or an answer that links, names the address that the browser knows.
    private static Dictionary<string, string> OriginalHost => new() { ["RequestHeaderOriginalHost"] = "true" };
}
