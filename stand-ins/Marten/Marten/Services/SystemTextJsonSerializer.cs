using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weasel.Core;

namespace Marten.Services;

/// <summary>JSON by System.Text.Json.</summary>
public class SystemTextJsonSerializer : ISerializer
{
    private readonly JsonSerializerOptions _write;
    private readonly JsonSerializerOptions _read;
    private EnumStorage _enumStorage = EnumStorage.AsInteger;
    private Casing _casing = Casing.Default;

    public SystemTextJsonSerializer()
        : this(null)
    {
    }

    public SystemTextJsonSerializer(JsonSerializerOptions? options)
    {
        _write = new(options ?? new()) { PropertyNamingPolicy = null };
        _read = new(_write);
        _read.Converters.Add(new ObjectConverter());
    }

    public ValueCasting ValueCasting => ValueCasting.Strict;

    public EnumStorage EnumStorage
    {
        get => _enumStorage;
        set
        {
            _enumStorage = value;
            foreach (var options in new[] { _write, _read })
            {
                if (options.Converters.FirstOrDefault(c => c is JsonStringEnumConverter) is { } known)
                    options.Converters.Remove(known);
                if (value == EnumStorage.AsString)
                    options.Converters.Add(new JsonStringEnumConverter());
            }
        }
    }

    public Casing Casing
    {
        get => _casing;
        set
        {
            _casing = value;
            _write.PropertyNamingPolicy = _read.PropertyNamingPolicy = value switch
            {
                Casing.CamelCase => JsonNamingPolicy.CamelCase,
                Casing.SnakeCase => JsonNamingPolicy.SnakeCaseLower,
                _ => null,
            };
        }
    }

    public void Configure(Action<JsonSerializerOptions> configure)
    {
        configure(_write);
        configure(_read);
    }

    public void UseTypeInfoResolver(IJsonTypeInfoResolver resolver)
        => Configure(options => options.TypeInfoResolver = resolver);

    public string ToJson(object? document)
        => document is null ? "null" : JsonSerializer.Serialize(document, document.GetType(), _write);

    public string ToCleanJson(object? document) => ToJson(document);

    public void WriteTo(IBufferWriter<byte> writer, object? value)
    {
        using var json = new Utf8JsonWriter(writer);
        if (value is null)
            json.WriteNullValue();
        else
            JsonSerializer.Serialize(json, value, value.GetType(), _write);
    }

    public T FromJson<T>(Stream stream) => JsonSerializer.Deserialize<T>(stream, _read)!;

    public T FromJson<T>(DbDataReader reader, int index)
        => JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(index), _read)!;

    public object FromJson(Type type, Stream stream) => JsonSerializer.Deserialize(stream, type, _read)!;

    public object FromJson(Type type, DbDataReader reader, int index)
        => JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(index), type, _read)!;

    public async ValueTask<T> FromJsonAsync<T>(Stream stream, CancellationToken cancellationToken = default)
        => (await JsonSerializer.DeserializeAsync<T>(stream, _read, cancellationToken).ConfigureAwait(false))!;

    public ValueTask<T> FromJsonAsync<T>(DbDataReader reader, int index,
        CancellationToken cancellationToken = default)
        => new(FromJson<T>(reader, index));

    public async ValueTask<object> FromJsonAsync(Type type, Stream stream,
        CancellationToken cancellationToken = default)
        => (await JsonSerializer.DeserializeAsync(stream, type, _read, cancellationToken).ConfigureAwait(false))!;

    public ValueTask<object> FromJsonAsync(Type type, DbDataReader reader, int index,
        CancellationToken cancellationToken = default)
        => new(FromJson(type, reader, index));

    internal JsonTypeInfo<T> TypeInfo<T>()
    {
        _read.MakeReadOnly(populateMissingResolver: true);
        return (JsonTypeInfo<T>)_read.GetTypeInfo(typeof(T));
    }

    internal byte[] ToUtf8(object document)
        => JsonSerializer.SerializeToUtf8Bytes(document, document.GetType(), _write);

    internal object FromUtf8(Type type, ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, type, _read)!;

    internal T FromUtf8<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, _read)!;

    /// <summary>Members of type object come back as numbers, booleans, instants and strings.</summary>
    private sealed class ObjectConverter : JsonConverter<object>
    {
        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.True:
                    return true;
                case JsonTokenType.False:
                    return false;
                case JsonTokenType.Number:
                    return reader.TryGetInt64(out var number) ? (object)number : reader.GetDouble();
                case JsonTokenType.String:
                    return reader.TryGetDateTime(out var instant) ? instant : reader.GetString();
                default:
                    using (var document = JsonDocument.ParseValue(ref reader))
                        return document.RootElement.Clone();
            }
        }

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
            => throw new NotSupportedException("For reading only");
    }
}
