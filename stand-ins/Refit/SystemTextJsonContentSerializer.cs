using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Refit;

/// <summary>Reads and writes bodies.</summary>
public interface IHttpContentSerializer
{
    /// <summary>Content of an item.</summary>
    HttpContent ToHttpContent<T>(T item);

    /// <summary>The item in some content.</summary>
    Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default);

    /// <summary>The name that the serializer gives a property, or null for its own.</summary>
    string? GetFieldNameForProperty(PropertyInfo propertyInfo);
}

/// <summary>JSON by System.Text.Json.</summary>
/// <param name="jsonSerializerOptions">Its options.</param>
public sealed class SystemTextJsonContentSerializer(JsonSerializerOptions jsonSerializerOptions)
    : IHttpContentSerializer
{
    /// <summary>With <see cref="GetDefaultJsonSerializerOptions"/>.</summary>
    public SystemTextJsonContentSerializer()
        : this(GetDefaultJsonSerializerOptions())
    {
    }

    /// <inheritdoc />
    public HttpContent ToHttpContent<T>(T item) => JsonContent.Create(item, options: jsonSerializerOptions);

    /// <inheritdoc />
    public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        content.ReadFromJsonAsync<T>(jsonSerializerOptions, cancellationToken);

    /// <inheritdoc />
    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) =>
        propertyInfo.GetCustomAttribute<JsonPropertyNameAttribute>(true)?.Name;

    /// <summary>camelCase, read without regard to case, enums as camelCase text, objects as what they look
    /// like.</summary>
    public static JsonSerializerOptions GetDefaultJsonSerializerOptions() => new()
    {
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new ObjectToInferredTypesConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }
    };
}

/// <summary>Reads a value of unknown type as what it looks like: true, 1L, 1.5, a date, text.</summary>
public class ObjectToInferredTypesConverter : JsonConverter<object>
{
    /// <inheritdoc />
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) ? whole : reader.GetDouble();
            case JsonTokenType.String:
                return reader.TryGetDateTime(out var date) ? date : reader.GetString();
            default:
                using (var document = JsonDocument.ParseValue(ref reader))
                    return document.RootElement.Clone();
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, object objectToWrite, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, objectToWrite, objectToWrite.GetType(), options);
}
