using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Gives endpoints their ports.</summary>
internal static class EndpointPlan
{
    /// <summary>Allocates all endpoints of a resource.</summary>
    /// <returns>Per replica its target ports by placeholder key, and the proxies that are needed.</returns>
    public static (IReadOnlyList<IReadOnlyDictionary<string, int>> Replicas, IReadOnlyList<TcpProxy> Proxies)
        Allocate(IResource resource, PortAllocator ports)
    {
        var count = resource.GetReplicaCount();
        var replicas = Enumerable.Range(0, count).Select(_ => new Dictionary<string, int>()).ToArray();
        var proxies = new List<TcpProxy>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var key = $"{resource.Name}/{endpoint.Name}";
            if (count > 1 && !endpoint.IsProxied)
            {
                throw new DistributedApplicationException(
                    $"Resource '{resource.Name}' can't have replicas: endpoint '{endpoint.Name}' is not proxied.");
            }

            // A server's target port is that inside its container; on this machine only the public one counts.
            var target = resource is ContainerResource ? null : endpoint.TargetPort;
            var port = endpoint.Port is { } wanted && !ports.IgnoreFixed ? wanted
                : !endpoint.IsProxied && target is { } own ? own
                : ports.IgnoreFixed ? ports.Any() : ports.Keep(key);

            // One process listens on the public port itself: it keeps the address across restarts, at no cost.
            var proxied = count > 1 || (endpoint.IsProxied && target is not null && target != port);
            for (var i = 0; i < count; i++)
                replicas[i][key] = !proxied ? port : count == 1 ? target!.Value : ports.Any();
            if (proxied)
                proxies.Add(new TcpProxy(port, [.. replicas.Select(r => r[key])]));
            var host = resource is ContainerResource ? "127.0.0.1" : "localhost";
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(
                endpoint, host, port, $$$"""{{- portForServing "{{{key}}}" -}}""");
        }

        return (replicas, proxies);
    }
}
