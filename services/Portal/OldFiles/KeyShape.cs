using System.Text.Json;
using System.Text.RegularExpressions;

namespace Performance.Portal.OldFiles;

/// <summary>Tells an object that is an entry (its members are fields) from one that holds entries under names, months
/// or ids.</summary>
internal static partial class KeyShape
{
    private const int LookedAt = 200;
    private const int LongestComposed = 200;

    public static bool HoldsEntries(JsonElement item, bool isRoot)
    {
        var members = item.EnumerateObject().Take(LookedAt).ToList();
        if (members.Count == 0 || members.Any(m => OldSections.Knows(m.Name)))
        {
            return false;
        }

        if (members.All(m => IsDatum(m.Name)))
        {
            return true;
        }

        // Two names of sections look like two names of people; nothing but their content tells.
        return !isRoot && (AreAlike(members) || AreValues(members) || AreMixed(members));
    }

    /// <summary>A month or a day, as a member's name.</summary>
    public static bool IsTime(string key) => Time().IsMatch(key);

    /// <summary><c>Ann Lee|2026-01</c> are two keys.</summary>
    public static IReadOnlyList<string> Split(string key) =>
        key.Length <= LongestComposed && Composed().Match(key) is { Success: true } match
            ? [match.Groups[1].Value, match.Groups[2].Value]
            : [key];

    /// <summary>No programmer names a field so.</summary>
    private static bool IsDatum(string key) => key.Any(char.IsDigit) || key.Contains('@') || key.Contains('|')
        || (key.Contains(' ') && key.Any(char.IsLetter));

    // Objects or arrays of objects that have a member in common.
    private static bool AreAlike(List<JsonProperty> members)
    {
        var inner = members.Select(m => m.Value.ValueKind == JsonValueKind.Array
            ? m.Value.EnumerateArray().FirstOrDefault()
            : m.Value).ToList();
        if (inner.Any(i => i.ValueKind != JsonValueKind.Object))
        {
            return false;
        }

        // A year of months under each name.
        if (inner.TrueForAll(i => i.EnumerateObject().Take(LookedAt).All(m => IsTime(m.Name))))
        {
            return true;
        }

        if (inner.Count < 2)
        {
            return false;
        }

        var common = inner[0].EnumerateObject().Take(LookedAt).Select(m => m.Name).ToHashSet();
        return inner.TrueForAll(i => i.EnumerateObject().Take(LookedAt).Any(m => common.Contains(m.Name)));
    }

    // "Ann Lee" beside "Bob": the one tells what the other is.
    private static bool AreMixed(List<JsonProperty> members) => members.Exists(m => IsDatum(m.Name))
        && members.Select(m => m.Value.ValueKind).Distinct().Count() == 1
        && members[0].Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    // { "Ann": 95, "Bob": 90 }: names begin with a capital, fields do not.
    private static bool AreValues(List<JsonProperty> members) => members.TrueForAll(m =>
        char.IsUpper(m.Name.FirstOrDefault()) && m.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String);

    [GeneratedRegex(@"^\d{4}-\d{2}(-\d{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"^(.*[^\s|_:/-])[\s|_:/-]+(\d{4}-\d{2}(?:-\d{2})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Composed();
}
