namespace Performance.Tickets.Imports;

/// <summary>The use cases of imports, in one list.</summary>
internal static class ImportSlices
{
    public static IServiceCollection AddImports(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(ImportLimits.From(configuration))
            .AddSingleton<ImportCatalogue>()
            .AddSingleton<SourceSettings>()
            .AddSingleton<ImportSignal>()
            .AddSingleton<ImportRun>()
            .AddSingleton<StartImport>()
            .AddHostedService<ImportWorker>();

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<ImportLimits>();
        StartImport.Map(routes, limits);
        PreviewImport.Map(routes, limits);
        GetImport.Map(routes);
        RefusedRows.Map(routes);
    }
}
