using JasperFx.Events;
using Marten.Internal.Documents;
using Marten.Internal.Events;

namespace Marten.Internal.Schema;

/// <summary>Functions that computed indexes and LINQ use.</summary>
internal static class SystemSchema
{
    public static string Script(StoreOptions options)
    {
        var schemas = options.AllMappings.Select(m => m.Schema).Append(options.DatabaseSchemaName)
            .Append(options.Events.DatabaseSchemaName).Distinct();
        var create = string.Concat(schemas.Where(s => s != "public")
            .Select(s => $"CREATE SCHEMA IF NOT EXISTS {s};\n"));
        var functions = new (string Name, string Type, string Cast)[]
        {
            ("timestamp", "timestamp without time zone", "timestamp"),
            ("timestamptz", "timestamp with time zone", "timestamptz"),
            ("date", "date", "date"),
            ("time", "time without time zone", "time"),
        };
        // Not replaced when there: replacing rewrites the catalogue's row, for which other sessions would have to wait.
        var schema = options.DatabaseSchemaName;
        return create + string.Concat(functions.Select(f => Once(schema, $"mt_immutable_{f.Name}", $"""
            CREATE OR REPLACE FUNCTION {schema}.mt_immutable_{f.Name}(value text)
            RETURNS {f.Type} LANGUAGE sql IMMUTABLE AS $function$
            select value::{f.Cast}

            $function$;
            """)));
    }

    /// <summary>Runs a statement unless the schema has the function already.</summary>
    public static string Once(string schema, string function, string statement) => $"""

        DO $mt$ BEGIN
        IF NOT EXISTS (select 1 from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = '{schema}' and p.proname = '{function}') THEN
        {statement}
        END IF; END $mt$;

        """;
}

/// <summary>Tables of documents.</summary>
internal static class DocumentSchema
{
    public static string Script(DocumentMapping map)
    {
        var id = new DocumentSql(map).IdType;
        var guid = map.VersionKind == VersionKind.Guid
            ? "\n    mt_version uuid NOT NULL DEFAULT (md5(random()::text || clock_timestamp()::text)::uuid),"
            : "";
        var revision = map.VersionKind switch
        {
            VersionKind.Revision32 => ",\n    mt_version integer NOT NULL DEFAULT 0",
            VersionKind.Revision64 => ",\n    mt_version bigint NOT NULL DEFAULT 0",
            _ => "",
        };
        var duplicated = string.Concat(map.Duplicated.Select(d => $",\n    {Column(d)}"));
        var script = $"""

            CREATE TABLE IF NOT EXISTS {map.Table} (
                id {id} NOT NULL,
                data jsonb NOT NULL,
                mt_last_modified timestamp with time zone NULL DEFAULT (transaction_timestamp()),{guid}
                mt_dotnet_type varchar NULL{revision}{duplicated},
                CONSTRAINT pkey_{map.TableName}_id PRIMARY KEY (id)
            );

            """;
        // For tables from before the column: it is filled from the JSON.
        var paths = new JsonPaths(map.Options);
        foreach (var field in map.Duplicated)
        {
            var value = field.PgType == "jsonb" ? paths.Json("data", field.Path) : paths.Text("data", field.Path);
            script += $"""
                DO $mt$ BEGIN
                IF NOT EXISTS (select 1 from information_schema.columns where table_schema = '{map.Schema}'
                    and table_name = '{map.TableName}' and column_name = '{field.Column}') THEN
                ALTER TABLE {map.Table} ADD COLUMN {field.Column} {field.PgType};
                UPDATE {map.Table} SET {field.Column} = ({value})::{field.PgType};
                END IF; END $mt$;

                """;
        }
        return script + string.Concat(map.Indexes.Select(i => i.Ddl(map.Table) + "\n"));
    }

    private static string Column(DuplicatedField field)
        => $"{field.Column} {field.PgType} {(field.NotNull ? "NOT NULL" : "NULL")}";
}

/// <summary>Tables and functions of the event store.</summary>
internal static class EventSchema
{
    public static string Script(StoreOptions options)
    {
        var events = options.EventGraph;
        var s = events.DatabaseSchemaName;
        var id = EventSql.StreamIdType(events);
        var meta = EventSql.Metadata(events).ToArray();
        var columns = string.Concat(meta.Select(m => $"\n    {m.Column} {m.PgType} NULL,"));
        var script = $"""

            CREATE TABLE IF NOT EXISTS {s}.mt_streams (
                id {id} NOT NULL,
                type varchar NULL,
                version bigint NULL,
                timestamp timestamp with time zone NOT NULL DEFAULT (now()),
                created timestamp with time zone NOT NULL DEFAULT (now()),
                tenant_id varchar NULL DEFAULT '*DEFAULT*',
                is_archived boolean NULL DEFAULT FALSE,
                CONSTRAINT pkey_mt_streams_id PRIMARY KEY (id)
            );
            CREATE TABLE IF NOT EXISTS {s}.mt_events (
                seq_id bigint NOT NULL,
                id uuid NOT NULL,
                stream_id {id} NULL,
                version bigint NOT NULL,
                data jsonb NOT NULL,
                bdata bytea NULL,
                type varchar(500) NOT NULL,
                timestamp timestamp with time zone NOT NULL DEFAULT '(now())',
                tenant_id varchar NULL DEFAULT '*DEFAULT*',
                mt_dotnet_type varchar NULL,{columns}
                is_archived boolean NULL DEFAULT FALSE,
                CONSTRAINT pkey_mt_events_seq_id PRIMARY KEY (seq_id),
                CONSTRAINT fkey_mt_events_stream_id FOREIGN KEY (stream_id)
                    REFERENCES {s}.mt_streams(id) ON DELETE CASCADE
            );
            CREATE UNIQUE INDEX IF NOT EXISTS pk_mt_events_stream_and_version
                ON {s}.mt_events USING btree (stream_id, version);
            CREATE SEQUENCE IF NOT EXISTS {s}.mt_events_sequence OWNED BY {s}.mt_events.seq_id;
            CREATE TABLE IF NOT EXISTS {s}.mt_event_progression (
                name varchar NOT NULL,
                last_seq_id bigint NULL,
                last_updated timestamp with time zone NULL DEFAULT (transaction_timestamp()),
                CONSTRAINT pk_mt_event_progression PRIMARY KEY (name)
            );
            CREATE TABLE IF NOT EXISTS {s}.mt_high_water_skips (
                ending_sequence bigint NOT NULL,
                starting_sequence bigint NOT NULL,
                timestamp timestamp with time zone NULL DEFAULT (transaction_timestamp()),
                CONSTRAINT pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence)
            );

            """;
        script += string.Concat(meta.Select(m
            => $"ALTER TABLE {s}.mt_events ADD COLUMN IF NOT EXISTS {m.Column} {m.PgType} NULL;\n"));
        if (events.EnableUniqueIndexOnEventId)
            script += $"CREATE UNIQUE INDEX IF NOT EXISTS idx_mt_events_event_id ON {s}.mt_events USING btree (id);\n";
        if (events.EnableEventTypeIndex)
        {
            script += "CREATE INDEX IF NOT EXISTS idx_mt_events_event_type_seq_id "
                + $"ON {s}.mt_events USING btree (type, seq_id);\n";
        }
        return script + EventFunctions.Script(events);
    }
}
