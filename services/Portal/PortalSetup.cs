using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Performance.Portal.Api;
using Performance.Portal.Components;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Performance.ServiceDefaults;
using Radzen;
using Refit;

namespace Performance.Portal;

/// <summary>What the portal is made of.</summary>
internal static class PortalSetup
{
    /// <summary>Forms and live updates go through the circuit; a megabyte is a long note.</summary>
    private const long LongestMessage = 1024 * 1024;

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var gateway = new Uri(ServiceAddress.Of(builder.Configuration, "gateway"));

        builder.WebHost.UseStaticWebAssets();
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestMessage);
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.PostConfigure<JwtBearerOptions>(
            JwtBearerDefaults.AuthenticationScheme, options => options.Events = TokenClaim.Events());

        services.AddRefitClient<IGatewayAuth>(GatewayJson.Settings)
            .ConfigureHttpClient(client => client.BaseAddress = gateway);
        services.AddSingleton(new GatewayConnection(gateway));
        services.AddScoped<PortalSession>();
        services.AddScoped<GatewayClients>();
        services.AddScoped<LiveFeed>();
        services.AddScoped<InboxState>();
        services.AddScoped<Toasts>();
        services.AddScoped<PageState>();
        services.AddScoped<Browser>();
        services.AddSingleton(BusinessTime.From(builder.Configuration));

        if (builder.Configuration["Keys:Folder"] is { Length: > 0 } folder)
        {
            services.AddDataProtection().SetApplicationName("performance-portal")
                .PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        // Pages decide themselves who may see them: a visitor is shown the sign-in page, not a bare 401.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().AllowAnonymous();
    }
}
