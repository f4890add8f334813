namespace Performance.Tickets.Backups;

/// <summary>What this service has of the backup: its two sections come in here.</summary>
internal static class BackupSlices
{
    public static IServiceCollection AddBackup(this IServiceCollection services) => services
        .AddSingleton<ImportBackup>()
        .AddHostedService<TellErasures>();
}
