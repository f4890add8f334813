using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Performance.Gateway.Setup;

/// <summary>One replica of the gateway on a real port.</summary>
public sealed class GatewayHost : WebApplicationFactory<Program>
{
    private readonly IReadOnlyDictionary<string, string?> settings;
    private readonly TimeProvider? clock;

    public GatewayHost(IReadOnlyDictionary<string, string?> settings, TimeProvider? clock = null)
    {
        this.settings = settings;
        this.clock = clock;
        UseKestrel(0);
        StartServer();
        Client = NewClient();
    }

    public Uri Url => ClientOptions.BaseAddress;

    /// <summary>A client without cookies or redirects of its own.</summary>
    public HttpClient Client { get; }

    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None
    })
    {
        BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60)
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        if (clock is not null)
        {
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(clock)));
        }
    }

    protected override void Dispose(bool disposing)
    {
        Client?.Dispose();
        base.Dispose(disposing);
    }
}
