using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>Takes telemetry over gRPC at ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL, or at a free port.</summary>
internal sealed class OtlpAcceptor(IConfiguration configuration, PortAllocator ports) : IHostedService
{
    // A gRPC message: not compressed, of length 0. An empty Export…ServiceResponse says that everything was taken.
    private static readonly byte[] Accepted = [0, 0, 0, 0, 0];
    private WebApplication? _application;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var url = configuration[OtlpConfigurationExtensions.EndpointKey];
        var wanted = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Port : 18889;
        var port = PortAllocator.IsFree(wanted) ? wanted : ports.Any();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRoutingCore();
        _application = builder.Build();
        _application.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", ExportAsync);
        await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        configuration["AppHost:OtlpEndpointUrl"] = $"http://localhost:{port}";
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_application is null)
            return;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _application.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ExportAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        var key = Encoding.UTF8.GetBytes(context.Request.Headers["x-otlp-api-key"].ToString());
        if (!CryptographicOperations.FixedTimeEquals(
            key, Encoding.UTF8.GetBytes(configuration["AppHost:OtlpApiKey"]!)))
        {
            context.Response.Headers["grpc-status"] = "16";
            return;
        }

        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.WriteAsync(Accepted, context.RequestAborted).ConfigureAwait(false);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
