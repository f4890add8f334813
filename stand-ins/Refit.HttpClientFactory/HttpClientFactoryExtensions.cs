using Microsoft.Extensions.DependencyInjection;

namespace Refit;

/// <summary>Refit clients over <see cref="IHttpClientFactory"/>.</summary>
public static class HttpClientFactoryExtensions
{
    /// <summary>Adds a client; its address and handlers are set on the builder that is returned.</summary>
    public static IHttpClientBuilder AddRefitClient<T>(this IServiceCollection services, RefitSettings? settings = null)
        where T : class => services.AddRefitClient<T>(_ => settings);

    /// <summary>Adds a client of an interface known at run time.</summary>
    public static IHttpClientBuilder AddRefitClient(
        this IServiceCollection services, Type refitInterfaceType, RefitSettings? settings = null) =>
        services.AddRefitClient(refitInterfaceType, _ => settings);

    /// <summary>Adds a client whose settings need services.</summary>
    public static IHttpClientBuilder AddRefitClient<T>(
        this IServiceCollection services,
        Func<IServiceProvider, RefitSettings?>? settingsAction,
        string? httpClientName = null)
        where T : class => services.AddRefitClient(typeof(T), settingsAction, httpClientName);

    /// <summary>Adds a client of an interface known at run time, whose settings need services.</summary>
    public static IHttpClientBuilder AddRefitClient(
        this IServiceCollection services,
        Type refitInterfaceType,
        Func<IServiceProvider, RefitSettings?>? settingsAction,
        string? httpClientName = null)
    {
        var key = new ClientKey(refitInterfaceType);
        services.AddKeyedSingleton(key, (provider, _) =>
            settingsAction?.Invoke(provider) ?? new RefitSettings());

        var builder = services.AddHttpClient(httpClientName ?? $"Refit.{refitInterfaceType.FullName}")
            .ConfigurePrimaryHttpMessageHandler(provider =>
                InnerHandler(provider.GetRequiredKeyedService<RefitSettings>(key)));
        services.AddTransient(refitInterfaceType, provider => RestService.For(
            refitInterfaceType,
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(builder.Name),
            provider.GetRequiredKeyedService<RefitSettings>(key)));
        return builder;
    }

    private static HttpMessageHandler InnerHandler(RefitSettings settings)
    {
        var handler = settings.HttpMessageHandlerFactory?.Invoke() ?? new SocketsHttpHandler();
        return settings.AuthorizationHeaderValueGetter is { } credential
            ? new AuthorizationHandler(credential, handler)
            : handler;
    }

    private sealed record ClientKey(Type Interface);
}
