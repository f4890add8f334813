using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JasperFx.Events;
using Marten.Services;
using Marten.Services.Json.Transformations;
using Npgsql;

namespace Marten.Internal.Events;

/// <summary>An event type: its alias, and how its rows become events.</summary>
internal abstract class EventMapping(Type type, string alias)
{
    public Type EventType { get; } = type;

    public string Alias { get; set; } = alias;

    public string DotNetTypeName { get; } = TypeNames.Stored(type);

    public JsonTransformation? Transformation { get; set; }

    public abstract IEvent Wrap(object data);

    /// <summary>Reads the JSON in a column into an event with this id.</summary>
    public abstract IEvent Read(SystemTextJsonSerializer? fast, ISerializer serializer, NpgsqlDataReader reader,
        int index, Guid id);

    public abstract ValueTask<IEvent> ReadAsync(ISerializer serializer, NpgsqlDataReader reader, int index, Guid id,
        CancellationToken token);

    public static EventMapping Create(Type type, string alias)
        => (EventMapping)Activator.CreateInstance(typeof(EventMapping<>).MakeGenericType(type), alias)!;
}

internal sealed class EventMapping<T>(string alias) : EventMapping(typeof(T), alias) where T : notnull
{
    private JsonTypeInfo<T>? _typeInfo;

    public override IEvent Wrap(object data)
        => new Event<T>((T)data) { EventTypeName = Alias, DotNetTypeName = DotNetTypeName };

    public override IEvent Read(SystemTextJsonSerializer? fast, ISerializer serializer, NpgsqlDataReader reader,
        int index, Guid id)
    {
        T data;
        if (Transformation is not null)
            data = (T)Transformation.FromDbDataReader(serializer, reader, index);
        else if (fast is not null)
            data = JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(index), TypeInfo(fast))!;
        else
            data = serializer.FromJson<T>(reader, index);
        return Wrap(data, id);
    }

    public override async ValueTask<IEvent> ReadAsync(ISerializer serializer, NpgsqlDataReader reader, int index,
        Guid id, CancellationToken token)
        => Wrap((T)await Transformation!.FromDbDataReaderAsync(serializer, reader, index, token)
            .ConfigureAwait(false), id);

    private Event<T> Wrap(T data, Guid id)
        => new(data, id) { EventTypeName = Alias, DotNetTypeName = DotNetTypeName };

    private JsonTypeInfo<T> TypeInfo(SystemTextJsonSerializer serializer)
        => _typeInfo ??= serializer.TypeInfo<T>();
}
