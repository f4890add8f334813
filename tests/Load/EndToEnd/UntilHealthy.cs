namespace Performance.Load.EndToEnd;

/// <summary>From the start of the AppHost on an empty data folder until the gateway's /health is 200.</summary>
internal static class UntilHealthy
{
    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var system = await context.SystemAsync();
        return ("-", system.HostId is null ? "runs already" : Figures.Seconds(system.UntilHealthy));
    }
}
