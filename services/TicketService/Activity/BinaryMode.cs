using System.Text.Json;
using System.Text.Json.Nodes;

namespace Performance.Tickets.Activity;

/// <summary>CloudEvents in binary mode: attributes as <c>ce-</c> headers, percent-encoded.</summary>
internal static class BinaryMode
{
    private const string Prefix = "ce-";

    /// <summary>The attributes as the JSON format has them; null where no such header came.</summary>
    public static JsonElement? Attributes(IHeaderDictionary headers)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in headers)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                attributes[name[Prefix.Length..].ToLowerInvariant()] = Uri.UnescapeDataString(value.ToString());
            }
        }

        return attributes.Count == 0 ? null : JsonSerializer.SerializeToElement(attributes);
    }
}
