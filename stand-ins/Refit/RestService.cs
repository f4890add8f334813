using System.Reflection;

namespace Refit;

/// <summary>Makes clients of attributed interfaces.</summary>
public static class RestService
{
    private static readonly MethodInfo CreateProxy = typeof(DispatchProxy)
        .GetMethod(nameof(DispatchProxy.Create), 2, BindingFlags.Public | BindingFlags.Static, [])!;

    /// <summary>A client over an <see cref="HttpClient"/> that has a base address.</summary>
    /// <exception cref="ArgumentException">A method of the interface cannot be a call; the message says
    /// why.</exception>
    public static T For<T>(HttpClient client, RefitSettings? settings) => (T)For(typeof(T), client, settings);

    /// <summary>A client with default settings.</summary>
    public static T For<T>(HttpClient client) => For<T>(client, null);

    /// <summary>A client of a host.</summary>
    public static T For<T>(string hostUrl, RefitSettings? settings) =>
        For<T>(CreateHttpClient(hostUrl, settings), settings);

    /// <summary>A client of a host with default settings.</summary>
    public static T For<T>(string hostUrl) => For<T>(hostUrl, null);

    /// <summary>A client of an interface known at run time.</summary>
    public static object For(Type refitInterfaceType, HttpClient client, RefitSettings? settings)
    {
        var methods = RestMethods.Of(refitInterfaceType, settings ?? RestMethods.DefaultSettings);
        var proxy = CreateProxy.MakeGenericMethod(refitInterfaceType, typeof(RestProxy)).Invoke(null, null)!;
        ((RestProxy)proxy).Serve(client, methods);
        return proxy;
    }

    /// <summary>A client of an interface known at run time, with default settings.</summary>
    public static object For(Type refitInterfaceType, HttpClient client) => For(refitInterfaceType, client, null);

    /// <summary>A client of a host for an interface known at run time.</summary>
    public static object For(Type refitInterfaceType, string hostUrl, RefitSettings? settings) =>
        For(refitInterfaceType, CreateHttpClient(hostUrl, settings), settings);

    /// <summary>A client of a host for an interface known at run time, with default settings.</summary>
    public static object For(Type refitInterfaceType, string hostUrl) => For(refitInterfaceType, hostUrl, null);

    /// <summary>An <see cref="HttpClient"/> with the handlers that the settings ask for.</summary>
    public static HttpClient CreateHttpClient(string hostUrl, RefitSettings? settings)
    {
        if (string.IsNullOrWhiteSpace(hostUrl))
            throw new ArgumentException($"`{nameof(hostUrl)}` must not be null or whitespace.", nameof(hostUrl));

        var inner = settings?.HttpMessageHandlerFactory?.Invoke() ?? new HttpClientHandler();
        var handler = settings?.AuthorizationHeaderValueGetter is { } getter
            ? new AuthorizationHandler(getter, inner)
            : inner;
        return new HttpClient(handler) { BaseAddress = new Uri(hostUrl.TrimEnd('/')) };
    }
}
