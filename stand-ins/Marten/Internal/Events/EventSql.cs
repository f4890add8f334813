using JasperFx.Events;

namespace Marten.Internal.Events;

internal sealed record MetadataColumn(string Column, string PgType, string Parameter);

/// <summary>The statements that append and read events.</summary>
internal sealed class EventSql(StoreOptions options)
{
    private readonly EventGraph _events = options.EventGraph;

    public string Schema => _events.DatabaseSchemaName;

    public string IdType => StreamIdType(_events);

    public string Columns => field ??= "d.seq_id, d.id, d.stream_id, d.version, d.data, d.type, d.timestamp, "
        + "d.mt_dotnet_type, d.is_archived" + string.Concat(Metadata(_events).Select(m => $", d.{m.Column}"));

    public string SelectEvents => field ??= $"select {Columns} from {Schema}.mt_events as d";

    /// <summary>Streams that must not exist: ids $1, types $2, versions $3.</summary>
    public string StartStreams => field ??= $"""
        insert into {Schema}.mt_streams (id, type, version, timestamp, tenant_id)
        select i.id, i.type, i.version, now(), '*DEFAULT*'
        from unnest($1::{IdType}[], $2::varchar[], $3::bigint[]) as i(id, type, version)
        """;

    /// <summary>Events whose versions are known: $1.. as in <see cref="EventArrays"/>.</summary>
    public string InsertEvents => field ??= $"""
        {InsertInto}
        select nextval('{Schema}.mt_events_sequence'), i.id, i.stream_id, i.version, i.data, i.type, i.timestamp,
            '*DEFAULT*', i.dotnet_type, false{MetadataOf("i")}
        from unnest({EventArrays(1)}) as i({EventNames})
        returning seq_id as mt_seq, version
        """;

    /// <summary>
    /// Appends to streams whose version only the database knows: ids $1, types $2, counts $3, expected versions or
    /// null $4; then the events, whose version counts from 1. A wrong version or an archived stream fails a cast,
    /// and thereby the whole transaction, before a sequence number is drawn.
    /// </summary>
    public string AppendEvents => field ??= $"""
        with i as (
            select * from unnest($1::{IdType}[], $2::varchar[], $3::bigint[], $4::bigint[])
                as t(id, type, cnt, expected)
        ), u as (
            update {Schema}.mt_streams s set version = coalesce(s.version, 0) + i.cnt, timestamp = now()
            from i where s.id = i.id returning s.id, s.version - i.cnt as base, s.is_archived
        ), c as (
            select i.id, i.type, i.cnt, coalesce(u.base, 0) as base, u.id is null as missing,
                case when u.is_archived then ('mt_err|archived|' || i.id)::int
                    when i.expected <> coalesce(u.base, 0)
                    then ('mt_err|stream|' || i.id || '|' || i.expected || '|' || coalesce(u.base, 0))::int
                    else 0 end as ok
            from i left join u on u.id = i.id
        ), n as (
            insert into {Schema}.mt_streams (id, type, version, timestamp, tenant_id)
            select c.id, c.type, c.cnt, now(), '*DEFAULT*' from c where c.missing and c.ok = 0
        )
        {InsertInto}
        select nextval('{Schema}.mt_events_sequence'), q.id, q.stream_id, q.version, q.data, q.type, q.timestamp,
            '*DEFAULT*', q.dotnet_type, false{MetadataOf("q")}
        from (
            select {string.Join(", ", EventNames.Split(", ").Select(Numbered))}
            from unnest({EventArrays(5)}) with ordinality as e({EventNames}, ord)
            join c on c.id = e.stream_id where c.ok = 0 order by e.ord
        ) q
        returning seq_id as mt_seq, version
        """;

    /// <summary>Fails unless each stream $1 has the version $2; holds their rows.</summary>
    public string AssertVersions => field ??= $"""
        with s as (select id, version from {Schema}.mt_streams where id = any($1) for update)
        select case when i.version <> coalesce(s.version, 0)
            then ('mt_err|stream|' || i.id || '|' || i.version || '|' || coalesce(s.version, 0))::int end
        from unnest($1::{IdType}[], $2::bigint[]) as i(id, version) left join s on s.id = i.id
        """;

    public string StreamState => field ??=
        $"select version, type, timestamp, created, is_archived from {Schema}.mt_streams where id = $1";

    public string StreamVersion => field ??= $"select version from {Schema}.mt_streams where id = $1";

    public string LockVersions => field ??=
        $"select id, version, is_archived from {Schema}.mt_streams where id = any($1) order by id for update";

    public string Overwrite => field ??= _events.MetadataConfig.HeadersEnabled
        ? $"update {Schema}.mt_events set data = $1, headers = $3 where seq_id = $2"
        : $"update {Schema}.mt_events set data = $1 where seq_id = $2";

    public string EventNames => field ??= "id, stream_id, version, data, type, timestamp, dotnet_type"
        + string.Concat(Metadata(_events).Select(m => $", {m.Column}"));

    private string InsertInto => field ??= $"insert into {Schema}.mt_events (seq_id, id, stream_id, version, data, "
        + "type, timestamp, tenant_id, mt_dotnet_type, is_archived"
        + string.Concat(Metadata(_events).Select(m => $", {m.Column}")) + ")";

    public static string StreamIdType(EventGraph events)
        => events.StreamIdentity == StreamIdentity.AsGuid ? "uuid" : "varchar";

    public static IEnumerable<MetadataColumn> Metadata(EventGraph events)
    {
        var config = events.MetadataConfig;
        if (config.CorrelationIdEnabled)
            yield return new("correlation_id", "varchar", "correlation_ids");
        if (config.CausationIdEnabled)
            yield return new("causation_id", "varchar", "causation_ids");
        if (config.HeadersEnabled)
            yield return new("headers", "jsonb", "headers");
        if (config.UserNameEnabled)
            yield return new("user_name", "varchar", "user_names");
    }

    private static string Numbered(string name)
        => name == "version" ? "c.base + e.version as version" : $"e.{name}";

    /// <summary>The placeholders of the event arrays, from $first on.</summary>
    private string EventArrays(int first)
    {
        string[] types = ["uuid", IdType, "bigint", "jsonb", "varchar", "timestamptz", "varchar",
            .. Metadata(_events).Select(m => m.PgType)];
        return string.Join(", ", types.Select((type, i) => $"${first + i}::{type}[]"));
    }

    private string MetadataOf(string alias) => string.Concat(Metadata(_events).Select(m => $", {alias}.{m.Column}"));
}
