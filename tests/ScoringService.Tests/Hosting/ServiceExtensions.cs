using Microsoft.Extensions.DependencyInjection;

namespace Performance.Scoring;

internal static class ServiceExtensions
{
    public static T GetRequired<T>(this IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
