using System.Text.Json;

namespace Performance.Tickets.Sync;

/// <summary>A custom field of a task as the column and the cell that an export would have for it.</summary>
internal static class TaskField
{
    /// <summary><c>Name (type)</c> and its text; without a name nothing.</summary>
    public static (string Header, string Text) Cell(JsonElement field)
    {
        var name = TaskText.Of(field, "name").ReplaceLineEndings(" ").Trim();
        var type = TaskText.Of(field, "type");
        if (name.Length == 0 || name.Contains('\0'))
        {
            return ("", "");
        }

        return ($"{name} ({type.Replace('_', ' ')})",
            field.TryGetProperty("value", out var value) ? Text(field, type, value) : "");
    }

    private static string Text(JsonElement field, string type, JsonElement value) => type switch
    {
        _ when value.ValueKind is JsonValueKind.Null => "",
        "drop_down" => Chosen(field, value),
        "labels" => TaskText.List(TaskText.Entries(value).Select(id => Label(field, TaskText.Of(id)))),
        "users" => TaskText.List(TaskText.Entries(value).Select(TaskText.Person)),
        "tasks" or "list_relationship" => TaskText.List(TaskText.Entries(value).Select(t => TaskText.Of(t, "name"))),
        _ => TaskText.Of(value)
    };

    // The value is the place of the option; some relays and older fields give its id.
    private static string Chosen(JsonElement field, JsonElement value)
    {
        var wanted = value.ValueKind == JsonValueKind.Object ? TaskText.Of(value, "id") : TaskText.Of(value);
        var options = Options(field).ToList();
        var chosen = options.Where(o => TaskText.Of(o, "orderindex") == wanted)
            .Concat(options.Where(o => TaskText.Of(o, "id") == wanted)).Select(o => TaskText.Of(o, "name"));
        return chosen.FirstOrDefault() ?? "";
    }

    private static string Label(JsonElement field, string id) => Options(field)
        .Where(option => TaskText.Of(option, "id") == id)
        .Select(option => TaskText.Of(option, "label") is { Length: > 0 } label ? label : TaskText.Of(option, "name"))
        .FirstOrDefault() ?? "";

    private static IEnumerable<JsonElement> Options(JsonElement field) =>
        field.TryGetProperty("type_config", out var config) ? TaskText.Entries(config, "options") : [];
}
