using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

/// <summary>Alone, because a process has one set of listeners: other tests' requests would be exported too.</summary>
[CollectionDefinition(nameof(Telemetry_is_exported), DisableParallelization = true)]
[Collection(nameof(Telemetry_is_exported))]
public sealed class Telemetry_is_exported(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Traces_metrics_and_logs_are_exported_but_no_probes()
    {
        var bodies = new System.Collections.Concurrent.ConcurrentBag<(string Path, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            bodies.Add((http.Request.Path, System.Text.Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync();
        var gateway = fixture.Start(
            null, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "50"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "50"), ("OTEL_METRIC_EXPORT_INTERVAL", "100"),
            ("OTEL_SERVICE_NAME", "gateway-under-test"));
        // The gateway shares its process with this client, whose own spans are not meant.
        using (SuppressInstrumentationScope.Begin())
        {
            await gateway.Client.CallAsync(HttpMethod.Get, "/health");
            await gateway.Client.CallAsync(HttpMethod.Get, "/alive");
        }

        await gateway.Client.CallAsync(HttpMethod.Post, "/api/tickets", new { });
        await new TestUser("nobody", "x").TryAsync(gateway.Client);

        await Eventually.Async(() => Has("/v1/traces", "/api/tickets")
            && Has("/v1/metrics", "http.server.request.duration")
            && Has("/v1/logs", "Sign-in of nobody") && Has("/v1/traces", "/auth/login"));
        Assert.True(Has("/v1/traces", "gateway-under-test"));
        Assert.False(Has("/v1/traces", "/health"));
        Assert.False(Has("/v1/traces", "/alive"));

        bool Has(string path, string text) => bodies.Any(body => body.Path == path && body.Body.Contains(text));
    }
}
