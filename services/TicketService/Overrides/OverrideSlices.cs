namespace Performance.Tickets.Overrides;

/// <summary>The use cases of disputes and overrides, in one list.</summary>
internal static class OverrideSlices
{
    public static IServiceCollection AddOverrides(this IServiceCollection services) => services
        .AddSingleton<ListDisputes>()
        .AddSingleton<ListOverrides>()
        .AddSingleton<ExcuseRates>();

    public static void MapOverrides(this IEndpointRouteBuilder routes)
    {
        DisputeRejection.Map(routes);
        DecideDispute.Map(routes);
        ListDisputes.Map(routes);
        ListOverrides.Map(routes);
        ExcuseRates.Map(routes);
    }
}
