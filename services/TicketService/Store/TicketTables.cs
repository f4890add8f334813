using Npgsql;
using Performance.ServiceDefaults.Backups;
using Performance.Tickets.Overrides;
using Performance.Tickets.Sync;

namespace Performance.Tickets.Store;

/// <summary>The service's own tables, beside those of the event store; created at start-up.</summary>
internal static class TicketTables
{
    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand($"""
            select pg_advisory_xact_lock(hashtext('ticket_tables'));
            {Lists}
            {OverrideTables.Create}
            {Sources}
            {Imports}
            {SyncTables.All}
            """);
        await create.ExecuteNonQueryAsync(cancel);
        await ImportEndpoint.CreateTableAsync(database, cancel);
    }

    private const string Lists = """
        create sequence if not exists ticket_number;
        create table if not exists ticket_list (
            ticket_id uuid primary key,
            version bigint not null,
            step integer not null,
            kind smallint not null,
            source text not null,
            external_id text collate "C" not null,
            title text,
            type text,
            state text,
            status text not null,
            agent_id uuid,
            created_at timestamptz not null,
            updated_at timestamptz not null);
        create unique index if not exists ticket_list_external on ticket_list (source, external_id);
        create index if not exists ticket_list_created on ticket_list (created_at desc, ticket_id);
        create index if not exists ticket_list_agent on ticket_list (agent_id, created_at desc);
        create table if not exists coached_ticket (ticket_id uuid primary key);
        create table if not exists work_day (
            agent_id uuid not null,
            date date not null,
            version bigint not null,
            notes text,
            entries jsonb not null,
            primary key (agent_id, date));
        create index if not exists work_day_date on work_day (date);
        create table if not exists activity_event (
            source text collate "C" not null,
            id text collate "C" not null,
            primary key (source, id));
        """;

    // What imports know beside the events: whose ticket is whose, who is who, what the last file said.
    private const string Sources = """
        create table if not exists ticket_identity (
            source text collate "C" not null,
            external_id text collate "C" not null,
            ticket_id uuid not null unique,
            last_status text not null,
            last_agent uuid,
            known_rows bytea not null,
            labels jsonb not null,
            updated_at timestamptz,
            primary key (source, external_id));
        create table if not exists assignee (
            source text not null,
            name text not null,
            agent_id uuid not null unique,
            primary key (source, name));
        create table if not exists source_settings (
            source text primary key,
            mapping text not null,
            terminal text[] not null,
            closed text[] not null,
            hold text[] not null,
            changed_at timestamptz not null);
        """;

    private const string Imports = """
        create table if not exists import (
            id uuid primary key,
            status text not null,
            reason text,
            profile text,
            source text,
            mapping text,
            file_name text,
            size bigint not null,
            encoding text,
            delimiter text,
            staged boolean not null default false,
            cursor text collate "C" not null default '',
            percent integer not null default 0,
            row_count integer not null default 0,
            created integer not null default 0,
            changed integer not null default 0,
            unchanged integer not null default 0,
            refused integer not null default 0,
            merged integer not null default 0,
            position bigint,
            uploaded_by text not null,
            uploaded_at timestamptz not null,
            finished_at timestamptz,
            idempotency_key text,
            unique (uploaded_by, idempotency_key));
        create index if not exists import_running on import (uploaded_at) where status = 'Running';
        create table if not exists import_chunk (
            import_id uuid not null references import (id) deferrable initially deferred,
            number integer not null,
            data bytea not null,
            primary key (import_id, number));
        alter table import_chunk alter column data set storage external;
        create table if not exists import_row (
            import_id uuid not null,
            line integer not null,
            external_id text collate "C",
            at timestamptz,
            created_at timestamptz,
            status text,
            assignee text,
            type text,
            state text,
            title text,
            order_key text,
            done_at timestamptz,
            closed_at timestamptz,
            hold_hours double precision,
            labels text[],
            refused_column text,
            refused_reason text,
            refused_value text);
        create index if not exists import_row_order on import_row (import_id, external_id, line);
        create table if not exists import_refused (
            import_id uuid not null,
            line integer not null,
            column_name text not null,
            reason text not null,
            value text);
        create index if not exists import_refused_line on import_refused (import_id, line);
        """;
}
