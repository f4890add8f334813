using System.Net;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves the dashboard at ASPNETCORE_URLS, on loopback.</summary>
internal sealed class DashboardHost(
    IConfiguration configuration, ResourceBoard board, ResourceCommandService commands,
    ILogger<DistributedApplication> logger) : IHostedService
{
    private WebApplication? _application;

    public static void AddTo(IServiceCollection services, ConfigurationManager configuration)
    {
        configuration.AddInMemoryCollection(
        [
            new("AppHost:BrowserToken",
                configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? RandomText.Token()),
            new("AppHost:OtlpApiKey", configuration["AppHost:OtlpApiKey"] ?? RandomText.Token()),
        ]);
        services.AddSingleton<ResourceBoard>();
        services.AddHostedService<OtlpAcceptor>();
        services.AddHostedService<DashboardHost>();
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var first = (configuration["ASPNETCORE_URLS"] ?? "http://localhost:18888").Split(';')[0];
        var address = new Uri(first.Replace("://*", "://localhost", StringComparison.Ordinal));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(address.Port);
        });
        builder.Services.AddRoutingCore();
        _application = builder.Build();
        var access = new DashboardAccess(configuration);
        _application.Use(next => context => access.GuardAsync(context, next));
        Map(_application, access);
        try
        {
            await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException(
                $"The dashboard cannot listen on port {address.Port}: {e.Message} (ASPNETCORE_URLS names another).", e);
        }

        var shown = $"http://localhost:{address.Port}";
        logger.LogInformation("Now listening on: {Address}", shown);
        logger.LogInformation("Login to the dashboard at {Address}",
            $"{shown}/login?t={configuration["AppHost:BrowserToken"]}");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_application is null)
            return;

        // Streams of live pages never end by themselves.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _application.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private void Map(IEndpointRouteBuilder routes, DashboardAccess access)
    {
        var layout = new Layout(configuration["AppHost:DashboardApplicationName"] ?? "Aspire");
        LoginPage.Map(routes, access, layout);
        routes.MapGet("/", context => layout.WriteAsync(context, "Resources", ResourcesPage.Render(board)));
        routes.MapGet("/resources/{id}", context => Found(context) is { } process
            ? layout.WriteAsync(context, process.Name, ResourcePage.Render(process, board))
            : layout.NotFoundAsync(context));
        ConsolePage.Map(routes, board, layout);
        ResourceApi.Map(routes, board, commands);
        ConsoleApi.Map(routes, board);
        routes.MapGet("/assets/{name}", AssetAsync);
    }

    private ProcessView? Found(HttpContext context) => board.Find((string?)context.GetRouteValue("id") ?? "");

    private static async Task AssetAsync(HttpContext context)
    {
        var name = (string?)context.GetRouteValue("name");
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml", _ => null,
        };
        await using var stream = type is null ? null
            : Assembly.GetExecutingAssembly().GetManifestResourceStream($"dashboard/{name}");
        if (stream is null)
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        context.Response.ContentType = type;
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
