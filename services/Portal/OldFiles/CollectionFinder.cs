using System.Text;
using System.Text.Json;

namespace Performance.Portal.OldFiles;

/// <summary>
/// Finds the entries of a document whose layout is not known: objects in arrays, and objects or values under names, ids
/// and months, at any depth. What lies inside an entry knows the entry's own values.
/// </summary>
internal sealed class CollectionFinder
{
    private const int MostCollections = 60;
    private const int MostRows = 300_000;
    private const int LongestName = 60;

    private readonly Dictionary<string, OldCollection> _found = [];
    private int _rows;

    public IReadOnlyList<OldCollection> Collections =>
        [.. _found.Values.Where(c => c.Columns.Count > 0).OrderByDescending(c => c.Rows.Count)];

    public string? Problem => _rows > MostRows ? $"It holds more than {MostRows:#,0} entries." : null;

    public void Visit(JsonElement root) => Visit(root, new Place("", [], null, null), isRoot: true);

    private void Visit(JsonElement node, Place place, bool isRoot = false)
    {
        if (_rows > MostRows)
        {
            return;
        }

        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Item(item, place.At(place.Path + "[]"));
            }
        }
        else if (node.ValueKind == JsonValueKind.Object && KeyShape.HoldsEntries(node, isRoot))
        {
            foreach (var member in node.EnumerateObject())
            {
                Under(member, place);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in node.EnumerateObject())
            {
                Visit(Unpacked(member.Value), place.At(Join(place.Path, member.Name)));
            }
        }
    }

    private void Under(JsonProperty member, Place place) => Item(member.Value, place with
    {
        Path = place.Path + "{}", Keys = [.. place.Keys, .. KeyShape.Split(member.Name)]
    }, isValue: true);

    private void Item(JsonElement item, Place place, bool isValue = false)
    {
        if (item.ValueKind == JsonValueKind.Array
            || (isValue && item.ValueKind == JsonValueKind.Object && KeyShape.HoldsEntries(item, false)))
        {
            Visit(item, place);
        }
        else if (item.ValueKind == JsonValueKind.Object)
        {
            Entry(item, place);
        }
        else if (isValue && OldRow.Text(item) is not null)
        {
            Emit(new OldRow(item, place.Keys, place.Row), [OldRow.Value], place);
        }
    }

    private void Entry(JsonElement item, Place place)
    {
        var row = new OldRow(item, place.Keys, place.Row);
        var inside = place with { Row = row, Of = Emit(row, Columns(item), place) };
        foreach (var member in item.EnumerateObject())
        {
            if (KeyShape.IsTime(member.Name))
            {
                Under(member, inside);
            }
            else if (member.Value.ValueKind == JsonValueKind.Array
                || (member.Value.ValueKind == JsonValueKind.Object && !IsFlat(member.Value)))
            {
                Visit(member.Value, inside.At(Join(place.Path, member.Name)));
            }
        }
    }

    private OldCollection? Emit(OldRow row, IEnumerable<string> columns, Place place)
    {
        if (!_found.TryGetValue(place.Path, out var collection))
        {
            if (_found.Count >= MostCollections)
            {
                return null;
            }

            _found[place.Path] = collection = new OldCollection(place.Path);
        }

        if (++_rows <= MostRows)
        {
            collection.Add(row, columns, place.Of);
        }

        return collection;
    }

    private static IEnumerable<string> Columns(JsonElement item)
    {
        foreach (var member in item.EnumerateObject())
        {
            if (OldRow.Text(member.Value) is not null && !KeyShape.IsTime(member.Name))
            {
                yield return member.Name;
            }
            else if (member.Value.ValueKind == JsonValueKind.Object && IsFlat(member.Value))
            {
                foreach (var inner in member.Value.EnumerateObject().Where(i => OldRow.Text(i.Value) is not null))
                {
                    yield return $"{member.Name}.{inner.Name}";
                }
            }
        }
    }

    // An entry's part, such as an action item with its text and its owner.
    private static bool IsFlat(JsonElement item) => !KeyShape.HoldsEntries(item, false) && item.EnumerateObject().All(
        m => m.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));

    // A browser's storage keeps JSON as text inside JSON.
    private static JsonElement Unpacked(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 1 } text
            || text[0] is not ('{' or '['))
        {
            return value;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        if (BoundedJson.ProblemIn(bytes) is not null)
        {
            return value;
        }

        using var document = JsonDocument.Parse(bytes, BoundedJson.Options);
        return document.RootElement.Clone();
    }

    private static string Join(string path, string name)
    {
        var shown = name.Length <= LongestName ? name : name[..LongestName] + "…";
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }

    private sealed record Place(string Path, IReadOnlyList<string> Keys, OldRow? Row, OldCollection? Of)
    {
        public Place At(string path) => this with { Path = path };
    }
}
