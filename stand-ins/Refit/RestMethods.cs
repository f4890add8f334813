using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Refit;

/// <summary>The calls of one interface under one set of settings, worked out once.</summary>
internal sealed class RestMethods
{
    public static readonly RefitSettings DefaultSettings = new();

    private static readonly ConditionalWeakTable<RefitSettings, ConcurrentDictionary<Type, RestMethods>> Cache = [];

    private readonly ConcurrentDictionary<MethodInfo, RestMethod> _methods = new();
    private readonly RefitSettings _settings;
    private readonly Type _api;

    private RestMethods(Type api, RefitSettings settings)
    {
        if (!api.IsInterface)
            throw new ArgumentException("targetInterface must be an Interface");

        (_api, _settings) = (api, settings);
        var found = api.GetInterfaces().Prepend(api)
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.GetCustomAttribute<HttpMethodAttribute>(true) is not null)
            .ToList();
        if (found.Count == 0)
            throw new InvalidOperationException($"{api.Name} doesn't look like a Refit interface. Make sure it has at "
                + "least one method with a Refit HTTP method attribute and Refit is installed in the project.");

        // An interface that cannot work fails when its client is made, not at the first call.
        foreach (var method in found.Where(method => !method.IsGenericMethodDefinition))
            _methods[method] = new RestMethod(api, method, settings);
    }

    public static RestMethods Of(Type api, RefitSettings settings) =>
        Cache.GetOrCreateValue(settings).GetOrAdd(api, static (type, s) => new RestMethods(type, s), settings);

    public RestMethod Find(MethodInfo method) => _methods.GetOrAdd(
        method, static (m, self) => new RestMethod(self._api, m, self._settings), this);
}
