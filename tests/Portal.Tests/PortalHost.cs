using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Performance.Portal.Fakes;

namespace Performance.Portal;

/// <summary>The portal on a real port behind a fake gateway, one for each test class.</summary>
public sealed class PortalHost(SharedBrowser browser) : IAsyncLifetime
{
    private WebApplicationFactory<Program>? _portal;

    internal FakeGateway Gateway { get; } = new();

    public string Address { get; private set; } = "";

    public Task InitializeAsync()
    {
        var port = FreePort();
        Address = $"http://127.0.0.1:{port}";
        _portal = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseSetting("Auth:Keys", Gateway.Keys.KeySet);
            web.UseSetting("services:gateway:http:0", Address);
            web.ConfigureLogging(log => log.SetMinimumLevel(LogLevel.Warning));
            web.ConfigureServices(services => services.AddSingleton<IStartupFilter>(Gateway));
        });
        _portal.UseKestrel(options => options.Listen(IPAddress.Loopback, port));
        _portal.StartServer();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }
    }

    /// <summary>A fresh browser profile, signed in where a name is given.</summary>
    public async Task<IPage> OpenAsync(string? userName, string path = "/", int width = 1440, int height = 900)
    {
        var context = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "en-US",
            // Nobody watches: what moves is only drawn, sixty times a second.
            ReducedMotion = ReducedMotion.Reduce
        });
        // Two cores are shared with other tests: what comes late is no failure, what never comes is.
        context.SetDefaultTimeout(15_000);
        Assertions.SetDefaultExpectTimeout(15_000);
        if (userName is not null)
        {
            await context.AddCookiesAsync(
                [new Microsoft.Playwright.Cookie { Name = "performance.session", Value = userName, Url = Address }]);
        }

        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        if (userName is not null && path != "about:blank")
        {
            // Before that, what is on the screen was drawn by the server and hears no click.
            await page.Locator("html[data-ready]").WaitForAsync();
        }

        return page;
    }

    public async Task ClosePagesAsync()
    {
        foreach (var context in browser.Chromium.Contexts.ToList())
        {
            await context.CloseAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
