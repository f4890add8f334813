using System.Reflection;

namespace Refit;

/// <summary>What stands behind an interface: looks up the method and sends its request.</summary>
internal class RestProxy : DispatchProxy
{
    private HttpClient _client = null!;
    private RestMethods _methods = null!;

    internal void Serve(HttpClient client, RestMethods methods) => (_client, _methods) = (client, methods);

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IDisposable.Dispose) && targetMethod.DeclaringType == typeof(IDisposable))
        {
            _client.Dispose();
            return null;
        }

        return _methods.Find(targetMethod).Send(_client, args ?? []);
    }
}
