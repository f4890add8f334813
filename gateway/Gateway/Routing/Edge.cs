using Microsoft.AspNetCore.HttpOverrides;

namespace Performance.Gateway;

/// <summary>The front door: the order in which a request meets what, and the proxy behind it.</summary>
internal static class Edge
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // What the gateway answers itself; each proxied route has its own limit.
            kestrel.Limits.MaxRequestBodySize = GatewayRoute.Megabyte;
        });
        builder.AddRateLimits();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.Configure<ForwardedHeadersOptions>(options => Trust(options, builder.Configuration));
        builder.Services.AddReverseProxy()
            .LoadFromMemory(
                RouteTable.Routes.Select(route => route.ToYarp()).ToList(), Clusters.From(builder.Configuration))
            .AddTransforms(IdentityTransform.AddTo)
            .AddTransforms(EventStreams.AddTo)
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = TimeSpan.FromSeconds(3));
    }

    public static void UseEdge(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseResponseHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseDocumentation();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<SameOrigin>();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    public static void MapEdge(this WebApplication app)
    {
        Readiness.Map(app);
        app.MapOpenApi("/openapi/gateway.json").AllowAnonymous();
        NoSuchEndpoint.Map(app);
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<ForwarderProblems>();
            proxy.UseSessionAffinity();
            proxy.UseLoadBalancing();
        });
    }

    // Section TrustedProxies: networks (10.0.0.0/8) whose X-Forwarded-For and -Proto are believed. Without it none.
    private static void Trust(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        var networks = (configuration.GetSection("TrustedProxies").Get<string[]>() ?? [])
            .Where(network => !string.IsNullOrWhiteSpace(network)).ToList();
        options.ForwardedHeaders = networks.Count > 0
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
            : ForwardedHeaders.None;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }
}
