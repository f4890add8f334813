using System.Text.Json;
using System.Text.Json.Serialization;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Imports;

/// <summary>Reads a mapping; every refusal names <c>mapping.field</c>.</summary>
internal static class MappingJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        MaxDepth = 8
    };

    public static ImportMapping Read(string json)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<ImportMapping>(json, Options)
                ?? throw new InvalidFieldException("mapping", "is null");
            MappingRules.Check(mapping);
            return mapping;
        }
        catch (JsonException e)
        {
            var path = e.Path is null or "$" or "" ? "mapping" : "mapping" + e.Path[1..];
            throw new InvalidFieldException(path, "is unknown, given twice or of the wrong type");
        }
    }

    /// <summary>Reads a mapping that was checked before it was kept.</summary>
    public static ImportMapping Stored(string json) => JsonSerializer.Deserialize<ImportMapping>(json, Options)!;

    public static string Write(ImportMapping mapping) => JsonSerializer.Serialize(mapping, Options);
}
