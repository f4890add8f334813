using Microsoft.Extensions.Configuration;

namespace Performance.ServiceDefaults;

/// <summary>Where another service is, from the variables that Aspire sets (<c>services__name__http__0</c>).</summary>
public static class ServiceAddress
{
    /// <summary>The base address without a slash at the end; <c>http://name</c> where nothing is configured.</summary>
    public static string Of(IConfiguration configuration, string name) =>
        (configuration[$"services:{name}:http:0"] ?? $"http://{name}").TrimEnd('/');
}
