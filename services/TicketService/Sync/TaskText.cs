using System.Text.Json;

namespace Performance.Tickets.Sync;

/// <summary>Reads ClickUp's JSON leniently: ids and instants come as strings or as numbers.</summary>
internal static class TaskText
{
    /// <summary>The member as text; empty where there is none, or where it is no plain value.</summary>
    public static string Of(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value) ? Of(value) : "";

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => ""
    };

    /// <summary>The entries of an array; none where it is none.</summary>
    public static IEnumerable<JsonElement> Entries(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value) ? Entries(value) : [];

    public static IEnumerable<JsonElement> Entries(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>The member of a member, such as a list's name.</summary>
    public static string Of(JsonElement owner, string member, string inner) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value) ? Of(value, inner) : "";

    /// <summary><c>[A, B]</c>, as an export writes several values.</summary>
    public static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Where(v => v.Length > 0))}]";

    /// <summary>A person: by name, or by e-mail who has none.</summary>
    public static string Person(JsonElement user) =>
        Of(user, "username") is { Length: > 0 } name ? name
        : Of(user, "email") is { Length: > 0 } email ? email : Of(user, "id");
}
