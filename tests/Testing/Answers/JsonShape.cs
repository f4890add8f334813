using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Performance.Testing.Answers;

/// <summary>
/// What members a JSON document has, and of what kinds: every path (<c>$.items[].id</c>) with the kinds of value seen
/// there. Objects that are keyed by data (ids, months, currencies) have the one member <c>*</c>.
/// </summary>
public sealed partial class JsonShape
{
    private const string Null = "null";
    private readonly SortedDictionary<string, SortedSet<string>> kinds = new(StringComparer.Ordinal);

    public static JsonShape Of(params IEnumerable<JsonNode?> documents)
    {
        var shape = new JsonShape();
        foreach (var document in documents)
        {
            shape.Take("$", document);
        }

        return shape;
    }

    public IReadOnlyCollection<string> Paths => kinds.Keys;

    public bool Has(string path) => kinds.ContainsKey(path);

    /// <summary>Paths that another shape does not have, though it has something where they are.</summary>
    public IEnumerable<string> PathsUnknownTo(JsonShape other) =>
        kinds.Keys.Where(path => !other.Has(path) && !other.IsOpen(path));

    /// <summary>What a reader of these documents would not find as it is in <paramref name="other"/>.</summary>
    public IEnumerable<string> Misses(JsonShape other) => kinds.SelectMany(known =>
        !other.kinds.TryGetValue(known.Key, out var there)
            ? other.IsOpen(known.Key) ? [] : [$"{known.Key} is not there"]
            : Said(known.Value) is { Count: > 0 } mine && Said(there) is { Count: > 0 } theirs
                && !mine.IsSubsetOf(theirs)
                ? [$"{known.Key} is {string.Join(" or ", theirs)}, not {string.Join(" or ", mine)}"]
                : Array.Empty<string>());

    /// <summary>Whether nothing is known below an ancestor, because it was null or an empty list.</summary>
    private bool IsOpen(string path)
    {
        for (var at = path.LastIndexOfAny(['.', '[']); at > 0; at = path.LastIndexOfAny(['.', '['], at - 1))
        {
            if (kinds.TryGetValue(path[..at], out var known))
            {
                return Said(known).Count == 0 || (known.Contains("array") && !kinds.ContainsKey(path[..at] + "[]"));
            }
        }

        return false;
    }

    private static HashSet<string> Said(IEnumerable<string> kinds) => [.. kinds.Where(k => k != Null)];

    private void Take(string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                Add(path, "object");
                var keyed = members.Any(m => !Member().IsMatch(m.Key) || m.Key == "unassigned");
                foreach (var (name, value) in members)
                {
                    Take($"{path}.{(keyed ? "*" : name)}", value);
                }

                break;
            case JsonArray items:
                Add(path, "array");
                foreach (var item in items)
                {
                    Take(path + "[]", item);
                }

                break;
            default:
                Add(path, KindOf(node));
                break;
        }
    }

    private void Add(string path, string kind)
    {
        if (!kinds.TryGetValue(path, out var known))
        {
            kinds[path] = known = [];
        }

        known.Add(kind);
    }

    private static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => Null,
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        _ => node.GetValue<string>() switch
        {
            var text when Guid.TryParseExact(text, "D", out _) => "id",
            var text when Instant().IsMatch(text) => "instant",
            var text when Date().IsMatch(text) => "date",
            _ => "text"
        }
    };

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex Member();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Date();
}
