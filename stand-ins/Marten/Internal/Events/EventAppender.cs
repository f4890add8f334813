using JasperFx.Events;
using Marten.Internal.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Internal.Events;

/// <summary>Turns a session's streams into statements: one or two, however many streams and events there are.</summary>
internal sealed class EventAppender(StoreContext store)
{
    private readonly EventGraph _events = store.Options.EventGraph;
    private readonly EventSql _sql = store.Events;
    private readonly bool _byKey = store.Options.EventGraph.StreamIdentity == StreamIdentity.AsString;

    /// <summary>Completes the events' metadata.</summary>
    public void Prepare(IReadOnlyList<StreamAction> streams, DocumentSession session)
    {
        // The database keeps microseconds; so that an event is the same before and after it was stored.
        var now = Microseconds(_events.TimeProvider.GetUtcNow());
        foreach (var stream in streams)
        {
            if (stream.AggregateType is not null)
                stream.AggregateTypeName = _events.AggregateAlias(stream.AggregateType);
            foreach (var @event in stream.Events)
            {
                if (@event.Id == Guid.Empty)
                    @event.Id = Guid.CreateVersion7();
                @event.Timestamp = @event.Timestamp == default ? now : Microseconds(@event.Timestamp);
                session.ApplyMetadata(@event);
            }
            if (stream.ActionType == StreamActionType.Start)
                SetVersions(stream, 0);
            else if (stream.ExpectedVersionOnServer is { } expected)
                SetVersions(stream, expected);
        }
    }

    public static void SetVersions(StreamAction stream, long floor)
    {
        foreach (var @event in stream.Events)
            @event.Version = ++floor;
        stream.Version = floor;
    }

    public void AddTo(BatchBuilder batch, IEnumerable<StreamAction> streams)
    {
        var starts = new List<StreamAction>();
        var appends = new List<StreamAction>();
        var asserts = new List<StreamAction>();
        foreach (var stream in streams)
        {
            if (stream.Events.Count == 0)
            {
                if (stream.AlwaysEnforceConsistency && stream.ExpectedVersionOnServer is not null)
                    asserts.Add(stream);
            }
            else if (stream.ActionType == StreamActionType.Start)
            {
                starts.Add(stream);
            }
            else
            {
                appends.Add(stream);
            }
        }
        if (asserts.Count > 0)
        {
            batch.Add(_sql.AssertVersions, Ids(asserts),
                Array(asserts.Select(s => s.ExpectedVersionOnServer!.Value).ToArray(), NpgsqlDbType.Bigint));
        }
        if (starts.Count > 0)
        {
            batch.Add(_sql.StartStreams, Ids(starts), Types(starts),
                Array(starts.Select(s => (long)s.Events.Count).ToArray(), NpgsqlDbType.Bigint));
        }
        if (starts.Count > 0)
            AddInsert(batch, _sql.InsertEvents, starts, []);
        if (appends.Count == 0)
            return;
        // Always in the same order, so that two sessions do not wait for each other's rows.
        if (_byKey)
            appends.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        else
            appends.Sort((a, b) => a.Id.CompareTo(b.Id));
        AddInsert(batch, _sql.AppendEvents, appends,
        [
            Ids(appends), Types(appends),
            Array(appends.Select(s => (long)s.Events.Count).ToArray(), NpgsqlDbType.Bigint),
            Array(appends.Select(s => s.ExpectedVersionOnServer).ToArray(), NpgsqlDbType.Bigint),
        ]);
    }

    private void AddInsert(BatchBuilder batch, string sql, List<StreamAction> streams, NpgsqlParameter[] leading)
    {
        var count = streams.Sum(s => s.Events.Count);
        var all = new IEvent[count];
        var owner = new StreamAction[count];
        var versions = new long[count];
        var index = 0;
        foreach (var stream in streams)
        {
            for (var i = 0; i < stream.Events.Count; i++)
            {
                owner[index] = stream;
                versions[index] = i + 1;
                all[index++] = stream.Events[i];
            }
        }
        var at = 0;
        // Both statements may occur in a batch, with results of the same shape; each takes as many rows as it has.
        batch.AddRows(sql, [.. leading, .. Arrays(all, owner, versions)], count, reader =>
        {
            var @event = all[at];
            @event.Sequence = reader.GetInt64(0);
            @event.Version = reader.GetInt64(1);
            owner[at++].Version = @event.Version;
        });
    }

    private IEnumerable<NpgsqlParameter> Arrays(IEvent[] all, StreamAction[] owner, long[] versions)
    {
        yield return Array(System.Array.ConvertAll(all, e => e.Id), NpgsqlDbType.Uuid);
        yield return _byKey
            ? Array(System.Array.ConvertAll(owner, s => s.Key), NpgsqlDbType.Varchar)
            : Array(System.Array.ConvertAll(owner, s => s.Id), NpgsqlDbType.Uuid);
        yield return Array(versions, NpgsqlDbType.Bigint);
        yield return Array(System.Array.ConvertAll(all, e => store.ToJson(e.Data)), NpgsqlDbType.Jsonb);
        yield return Array(System.Array.ConvertAll(all, e => e.EventTypeName), NpgsqlDbType.Varchar);
        yield return Array(System.Array.ConvertAll(all, e => e.Timestamp.UtcDateTime), NpgsqlDbType.TimestampTz);
        yield return Array(System.Array.ConvertAll(all, e => e.DotNetTypeName), NpgsqlDbType.Varchar);
        var config = _events.MetadataConfig;
        if (config.CorrelationIdEnabled)
            yield return Array(System.Array.ConvertAll(all, e => e.CorrelationId), NpgsqlDbType.Varchar);
        if (config.CausationIdEnabled)
            yield return Array(System.Array.ConvertAll(all, e => e.CausationId), NpgsqlDbType.Varchar);
        if (config.HeadersEnabled)
        {
            var headers = System.Array.ConvertAll(all, e => e.Headers is null ? null : store.ToJson(e.Headers));
            yield return Array(headers, NpgsqlDbType.Jsonb);
        }
        if (config.UserNameEnabled)
            yield return Array(System.Array.ConvertAll(all, e => e.UserName), NpgsqlDbType.Varchar);
    }

    private NpgsqlParameter Ids(List<StreamAction> streams) => _byKey
        ? Array(streams.Select(s => s.Key).ToArray(), NpgsqlDbType.Varchar)
        : Array(streams.Select(s => s.Id).ToArray(), NpgsqlDbType.Uuid);

    private static NpgsqlParameter Types(List<StreamAction> streams)
        => Array(streams.Select(s => s.AggregateTypeName).ToArray(), NpgsqlDbType.Varchar);

    private static NpgsqlParameter Array(object values, NpgsqlDbType type)
        => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private static DateTimeOffset Microseconds(DateTimeOffset instant)
        => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
