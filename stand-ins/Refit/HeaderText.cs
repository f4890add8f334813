using System.Reflection;

namespace Refit;

/// <summary>Headers as they are declared, and how they get into a request.</summary>
internal static class HeaderText
{
    /// <summary>Of inherited interfaces, then the interface, then the method: the later one wins.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Declared(Type api, MethodInfo method)
    {
        var lines = api.GetInterfaces().Reverse().Append(api)
            .SelectMany(type => type.GetCustomAttributes<HeadersAttribute>(true))
            .Concat(method.GetCustomAttributes<HeadersAttribute>(true))
            .SelectMany(attribute => attribute.Headers)
            .Where(line => !string.IsNullOrWhiteSpace(line));
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[(colon < 0 ? line : line[..colon]).Trim()] = colon < 0 ? null : line[(colon + 1)..].Trim();
        }

        return [.. headers.Where(h => h.Value is not null).Select(h => KeyValuePair.Create(h.Key, h.Value!))];
    }

    public static void Set(HttpRequestMessage request, string name, string value)
    {
        // A line end in a value would begin a header of its own.
        (name, value) = (OneLine(name), OneLine(value));
        request.Headers.Remove(name);
        if (request.Headers.TryAddWithoutValidation(name, value))
            return;

        // Content headers are only for requests that may have content; others get an empty one.
        request.Content ??= new ByteArrayContent([]);
        request.Content.Headers.Remove(name);
        request.Content.Headers.TryAddWithoutValidation(name, value);
    }

    private static string OneLine(string text) =>
        text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
