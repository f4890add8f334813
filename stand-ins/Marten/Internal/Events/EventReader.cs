using JasperFx.Events;
using Marten.Exceptions;
using Marten.Internal.Sessions;
using Npgsql;

namespace Marten.Internal.Events;

/// <summary>Makes events of rows whose columns are <see cref="EventSql.Columns"/>.</summary>
internal sealed class EventReader
{
    private readonly StoreContext _store;
    private readonly EventGraph _events;
    private readonly bool _byKey;
    private readonly int _correlation = -1;
    private readonly int _causation = -1;
    private readonly int _headers = -1;
    private readonly int _user = -1;
    private EventMapping? _last;
    private string _lastAlias = "";

    public EventReader(StoreContext store)
    {
        _store = store;
        _events = store.Options.EventGraph;
        _byKey = _events.StreamIdentity == StreamIdentity.AsString;
        var column = 9;
        if (_events.MetadataConfig.CorrelationIdEnabled)
            _correlation = column++;
        if (_events.MetadataConfig.CausationIdEnabled)
            _causation = column++;
        if (_events.MetadataConfig.HeadersEnabled)
            _headers = column++;
        if (_events.MetadataConfig.UserNameEnabled)
            _user = column;
    }

    /// <exception cref="UnknownEventTypeException">The alias belongs to no type.</exception>
    /// <exception cref="EventDeserializationFailureException">The JSON does not fit the type.</exception>
    public ValueTask<IEvent> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var sequence = reader.GetInt64(0);
        var alias = reader.GetString(5);
        var mapping = alias == _lastAlias ? _last! : Find(alias, reader, sequence);
        try
        {
            if (mapping.Transformation is null)
            {
                var @event = mapping.Read(_store.Fast, _store.Serializer, reader, 4, reader.GetGuid(1));
                return new(Complete(@event, reader, sequence));
            }
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException or ArgumentException
            or InvalidOperationException or FormatException or OverflowException)
        {
            throw new EventDeserializationFailureException(sequence, alias, e);
        }
        return UpcastAsync(mapping, reader, sequence, alias, token);
    }

    private async ValueTask<IEvent> UpcastAsync(EventMapping mapping, NpgsqlDataReader reader, long sequence,
        string alias, CancellationToken token)
    {
        try
        {
            var upcast = await mapping.ReadAsync(_store.Serializer, reader, 4, reader.GetGuid(1), token)
                .ConfigureAwait(false);
            return Complete(upcast, reader, sequence);
        }
        catch (Exception e) when (e is not NpgsqlException and not OperationCanceledException)
        {
            throw new EventDeserializationFailureException(sequence, alias, e);
        }
    }

    private EventMapping Find(string alias, NpgsqlDataReader reader, long sequence)
    {
        var type = reader.IsDBNull(7) ? null : reader.GetString(7);
        _last = _events.MappingFor(alias, type, sequence);
        _lastAlias = alias;
        return _last;
    }

    private IEvent Complete(IEvent @event, NpgsqlDataReader reader, long sequence)
    {
        @event.Sequence = sequence;
        @event.Version = reader.GetInt64(3);
        @event.Timestamp = new DateTimeOffset(reader.GetDateTime(6));
        if (_byKey)
            @event.StreamKey = reader.GetString(2);
        else
            @event.StreamId = reader.GetGuid(2);
        if (!reader.IsDBNull(8))
            @event.IsArchived = reader.GetBoolean(8);
        if (_correlation >= 0 && !reader.IsDBNull(_correlation))
            @event.CorrelationId = reader.GetString(_correlation);
        if (_causation >= 0 && !reader.IsDBNull(_causation))
            @event.CausationId = reader.GetString(_causation);
        if (_headers >= 0 && !reader.IsDBNull(_headers))
            @event.Headers = _store.FromJson<Dictionary<string, object>>(reader, _headers);
        if (_user >= 0 && !reader.IsDBNull(_user))
            @event.UserName = reader.GetString(_user);
        return @event;
    }
}
