using Microsoft.AspNetCore.DataProtection;

namespace Performance.Tickets.Sync;

/// <summary>The use cases of the live sync, in one list.</summary>
internal static class SyncSlices
{
    public static IServiceCollection AddSync(this IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("performance-tickets");
        if (configuration["Keys:Folder"] is { Length: > 0 } folder)
        {
            // A folder of its own: no other service can read what this one encrypts.
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "tickets")));
        }

        services.AddHttpClient(SyncWorker.Client, http =>
            {
                // How long an answer may take is up to each attempt.
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = SyncLimits.LargestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, UseCookies = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All
            });
        return services
            .AddSingleton(SyncLimits.From(configuration))
            .AddSingleton<SyncSecrets>()
            .AddSingleton<SyncSignal>()
            .AddSingleton<SyncRuns>()
            .AddSingleton<SyncReading>()
            .AddSingleton<SyncTasks>()
            .AddSingleton<GetSync>()
            .AddSingleton<ReceiveWebhook>()
            .AddHostedService<SyncWorker>();
    }

    public static void MapSync(this IEndpointRouteBuilder routes)
    {
        PutSyncSettings.Map(routes);
        GetSyncSettings.Map(routes);
        StartSync.Map(routes);
        GetSync.Map(routes);
        ReceiveWebhook.Map(routes);
    }
}
