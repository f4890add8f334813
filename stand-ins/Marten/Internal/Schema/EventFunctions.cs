using Marten.Internal.Events;

namespace Marten.Internal.Schema;

/// <summary>The functions of the event store; itself it uses mt_archive_stream, the rest is for others.</summary>
internal static class EventFunctions
{
    public static string Script(EventGraph events)
    {
        var s = events.DatabaseSchemaName;
        return Archive(s, EventSql.StreamIdType(events)) + Progression(s) + Skip(s) + QuickAppend(s, events);
    }

    private static string Archive(string s, string id) => SystemSchema.Once(s, "mt_archive_stream", $"""
        CREATE OR REPLACE FUNCTION {s}.mt_archive_stream(streamid {id}) RETURNS VOID LANGUAGE plpgsql AS
        $function$
        BEGIN
          update {s}.mt_streams set is_archived = TRUE where id = streamid ;
          update {s}.mt_events set is_archived = TRUE where stream_id = streamid ;
        END;
        $function$;
        """);

    private static string Progression(string s) => SystemSchema.Once(s, "mt_mark_event_progression", $"""
        CREATE OR REPLACE FUNCTION {s}.mt_mark_event_progression(name varchar, last_encountered bigint)
        RETURNS VOID LANGUAGE plpgsql AS
        $function$
        BEGIN
        INSERT INTO {s}.mt_event_progression (name, last_seq_id, last_updated)
        VALUES (name, last_encountered, transaction_timestamp())
        ON CONFLICT ON CONSTRAINT pk_mt_event_progression
            DO
        UPDATE SET last_seq_id = last_encountered, last_updated = transaction_timestamp();

        END;

        $function$;
        """);

    private static string Skip(string s) => SystemSchema.Once(s, "mt_mark_progression_with_skip", $"""
        CREATE OR REPLACE FUNCTION {s}.mt_mark_progression_with_skip(shard_name varchar, ending_sequence bigint,
            starting_sequence bigint) RETURNS bigint LANGUAGE plpgsql AS
        $function$
        DECLARE
            known bigint;
        BEGIN
            select last_seq_id into known from {s}.mt_event_progression p where p.name = shard_name;
            IF known is not null and known <> starting_sequence THEN
                return known;
            END IF;
            INSERT INTO {s}.mt_event_progression (name, last_seq_id, last_updated)
            VALUES (shard_name, ending_sequence, transaction_timestamp())
            ON CONFLICT ON CONSTRAINT pk_mt_event_progression
                DO UPDATE SET last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp();
            IF known is not null or ending_sequence > starting_sequence THEN
                INSERT INTO {s}.mt_high_water_skips (ending_sequence, starting_sequence)
                VALUES (ending_sequence, starting_sequence)
                ON CONFLICT ON CONSTRAINT pkey_mt_high_water_skips_ending_sequence DO NOTHING;
            END IF;
            return ending_sequence;
        END
        $function$;
        """);

    private static string QuickAppend(string s, EventGraph events)
    {
        var id = EventSql.StreamIdType(events);
        var meta = EventSql.Metadata(events).ToArray();
        var timestamps = events.AppendMode == JasperFx.Events.EventAppendMode.QuickWithServerTimestamps;
        var parameters = string.Concat(meta.Select(m => $", {m.Parameter} {m.PgType}[]"))
            + (timestamps ? ", timestamps timestamp with time zone[]" : "");
        var timestamp = timestamps ? "timestamps[i]" : "(now() at time zone 'utc')";
        return SystemSchema.Once(s, "mt_quick_append_events", $"""
            CREATE OR REPLACE FUNCTION {s}.mt_quick_append_events(stream {id}, stream_type varchar, tenantid varchar,
                event_ids uuid[], event_types varchar[], dotnet_types varchar[], bodies jsonb[],
                bdatas bytea[]{parameters}, expected_version bigint DEFAULT NULL::bigint)
            RETURNS bigint[] LANGUAGE plpgsql AS
            $function$
            DECLARE
                known bigint;
                archived boolean;
                seq bigint;
                result bigint[];
            BEGIN
                select version, is_archived into known, archived from {s}.mt_streams where id = stream;
                IF expected_version IS NOT NULL AND coalesce(known, 0) <> expected_version THEN
                    RAISE EXCEPTION 'Stream version mismatch on ''%'': expected %, actual %', stream,
                        expected_version, coalesce(known, 0) USING ERRCODE = 'MT003';
                END IF;
                IF known IS NULL THEN
                    known := 0;
                    insert into {s}.mt_streams (id, type, version, timestamp, tenant_id)
                    values (stream, stream_type, 0, now(), tenantid);
                ELSIF archived THEN
                    RAISE EXCEPTION 'Attempted to append event to archived stream with Id ''%''.', stream
                        USING ERRCODE = 'MT001';
                END IF;
                result := ARRAY[known + coalesce(array_length(event_ids, 1), 0)];
                FOR i IN 1 .. coalesce(array_length(event_ids, 1), 0) LOOP
                    seq := nextval('{s}.mt_events_sequence');
                    result := array_append(result, seq);
                    known := known + 1;
                    insert into {s}.mt_events (seq_id, id, stream_id, version, data, bdata, type, tenant_id, timestamp,
                        mt_dotnet_type, is_archived{string.Concat(meta.Select(m => $", {m.Column}"))})
                    values (seq, event_ids[i], stream, known, bodies[i], bdatas[i], event_types[i], tenantid,
                        {timestamp}, dotnet_types[i], FALSE{string.Concat(meta.Select(m => $", {m.Parameter}[i]"))});
                END LOOP;
                update {s}.mt_streams set version = known, timestamp = now() where id = stream;
                return result;
            END
            $function$;
            """);
    }
}
