using System.Data.Common;
using System.Text.Json;
using Marten.Exceptions;

namespace Marten.Services.Json.Transformations
{
    /// <summary>Makes an event of today from the stored JSON of an earlier form.</summary>
    public class JsonTransformation(
        Func<ISerializer, DbDataReader, int, object> fromDbDataReader,
        Func<ISerializer, DbDataReader, int, CancellationToken, ValueTask<object>>? transformDbDataReaderAsync = null)
    {
        public Func<ISerializer, DbDataReader, int, object> FromDbDataReader { get; } = fromDbDataReader;

        public Func<ISerializer, DbDataReader, int, CancellationToken, ValueTask<object>> FromDbDataReaderAsync
        {
            get;
        } = transformDbDataReaderAsync
            ?? ((serializer, reader, index, _) => new(fromDbDataReader(serializer, reader, index)));
    }

    public static class JsonTransformations
    {
        public static JsonTransformation Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> transform)
            where TOldEvent : notnull
            where TEvent : notnull
            => new((serializer, reader, index) => transform(serializer.FromJson<TOldEvent>(reader, index)));

        public static JsonTransformation Upcast<TOldEvent, TEvent>(
            Func<TOldEvent, CancellationToken, Task<TEvent>> transform)
            where TOldEvent : notnull
            where TEvent : notnull
            => new(
                (_, _, _) => throw new MartenException($"The upcaster of '{typeof(TOldEvent)}' to '{typeof(TEvent)}' "
                    + "is asynchronous only"),
                async (serializer, reader, index, ct) =>
                    await transform(serializer.FromJson<TOldEvent>(reader, index), ct).ConfigureAwait(false));
    }

    public interface IEventUpcaster
    {
        string EventTypeName { get; }

        Type EventType { get; }

        object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);

        ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index,
            CancellationToken ct);
    }

    public abstract class EventUpcaster : IEventUpcaster
    {
        public abstract Type EventType { get; }

        public virtual string EventTypeName => JasperFx.Events.EventTypeExtensions.GetEventTypeName(EventType);

        public abstract object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);

        public virtual ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader,
            int index, CancellationToken ct)
            => new(FromDbDataReader(serializer, dbDataReader, index));
    }

    public abstract class EventUpcaster<TEvent> : EventUpcaster
    {
        public override Type EventType => typeof(TEvent);
    }

    /// <summary>An upcaster from the earlier type, found under that type's alias.</summary>
    public abstract class EventUpcaster<TOldEvent, TEvent> : EventUpcaster<TEvent>
        where TOldEvent : notnull
        where TEvent : notnull
    {
        public override string EventTypeName => JasperFx.Events.EventTypeExtensions.GetEventTypeName<TOldEvent>();

        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
            => Upcast(serializer.FromJson<TOldEvent>(dbDataReader, index));

        protected abstract TEvent Upcast(TOldEvent oldEvent);
    }

    public abstract class AsyncOnlyEventUpcaster<TOldEvent, TEvent> : EventUpcaster<TEvent>
        where TOldEvent : notnull
        where TEvent : notnull
    {
        public override string EventTypeName => JasperFx.Events.EventTypeExtensions.GetEventTypeName<TOldEvent>();

        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
            => throw new MartenException($"{GetType().FullName} is asynchronous only");

        public override async ValueTask<object> FromDbDataReaderAsync(ISerializer serializer,
            DbDataReader dbDataReader, int index, CancellationToken ct)
            => await UpcastAsync(serializer.FromJson<TOldEvent>(dbDataReader, index), ct).ConfigureAwait(false);

        protected abstract Task<TEvent> UpcastAsync(TOldEvent oldEvent, CancellationToken ct);
    }
}

namespace Marten.Services.Json.Transformations.SystemTextJson
{
    public static class JsonTransformations
    {
        public static JsonTransformation Upcast<TEvent>(Func<JsonDocument, TEvent> transform) where TEvent : notnull
            => new((_, reader, index) =>
            {
                using var document = Document(reader, index);
                return transform(document);
            });

        public static JsonTransformation AsyncOnlyUpcast<TEvent>(
            Func<JsonDocument, CancellationToken, Task<TEvent>> transform) where TEvent : notnull
            => new(
                (_, _, _) => throw new MartenException($"The upcaster to '{typeof(TEvent)}' is asynchronous only"),
                async (_, reader, index, ct) =>
                {
                    using var document = Document(reader, index);
                    return await transform(document, ct).ConfigureAwait(false);
                });

        internal static JsonDocument Document(DbDataReader reader, int index)
            => JsonDocument.Parse(reader.GetFieldValue<byte[]>(index));
    }

    public abstract class EventUpcaster<TEvent> : Transformations.EventUpcaster<TEvent> where TEvent : notnull
    {
        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
        {
            using var document = JsonTransformations.Document(dbDataReader, index);
            return Upcast(document);
        }

        protected abstract TEvent Upcast(JsonDocument oldEvent);
    }

    public abstract class AsyncOnlyEventUpcaster<TEvent> : Transformations.EventUpcaster<TEvent> where TEvent : notnull
    {
        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
            => throw new MartenException($"{GetType().FullName} is asynchronous only");

        public override async ValueTask<object> FromDbDataReaderAsync(ISerializer serializer,
            DbDataReader dbDataReader, int index, CancellationToken ct)
        {
            using var document = JsonTransformations.Document(dbDataReader, index);
            return await UpcastAsync(document, ct).ConfigureAwait(false);
        }

        protected abstract Task<TEvent> UpcastAsync(JsonDocument oldEvent, CancellationToken ct);
    }
}
