using Npgsql;
using Performance.ServiceDefaults.Backups;

namespace Performance.Coaching.Backups;

/// <summary>
/// What this service keeps for the backup beside its events: the records of TicketService, what imports call its
/// agents, and where the mirror is.
/// </summary>
internal static class BackupTables
{
    /// <summary>SQL for a session; parameters: source, name, agent.</summary>
    public const string AddSource =
        "insert into agent_source (source, name, agent_id) values (?, ?, ?) on conflict do nothing";

    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand($"""
            select pg_advisory_xact_lock(hashtext('backup_tables'));
            {Sources}
            {Records}
            {Mirror}
            """);
        await create.ExecuteNonQueryAsync(cancel);
        await ImportEndpoint.CreateTableAsync(database, cancel);
    }

    // A store that is older than the table: it is filled from the events, with the names as they are now.
    private const string Sources = """
        do $$ begin
            if to_regclass('agent_source') is null then
                create table agent_source (
                    source text collate "C" not null,
                    name text collate "C" not null,
                    agent_id uuid not null,
                    primary key (source, name));
                create index agent_source_agent on agent_source (agent_id);
                if to_regclass('mt_events') is not null and to_regclass('mt_doc_agent') is not null then
                    insert into agent_source (source, name, agent_id)
                    select e.data ->> 'Source', a.data ->> 'Name', a.id
                    from mt_events e join mt_doc_agent a on a.id = e.stream_id
                    where e.type = 'agent_registered' and e.data ->> 'Source' is not null
                    on conflict do nothing;
                end if;
            end if;
        end $$;
        """;

    // rejection and parts: as the document has them. backup_change counts what came over the feed.
    private const string Records = """
        create table if not exists kept_excuse (
            event_id uuid primary key,
            ticket_id uuid not null,
            source text not null,
            external_id text not null,
            rejection_id uuid,
            rejection_label text,
            rejection_at timestamptz,
            done_by text not null,
            reason text not null,
            done_at timestamptz not null,
            withdrawal_id uuid,
            withdrawn_by text,
            withdrawn_reason text,
            withdrawn_at timestamptz,
            parts jsonb not null default '[]');
        create index if not exists kept_excuse_ticket on kept_excuse (ticket_id);
        create table if not exists kept_day (
            agent_id uuid not null,
            date date not null,
            event_id uuid not null,
            notes text,
            entries jsonb not null,
            logged_at timestamptz not null,
            primary key (agent_id, date));
        create table if not exists backup_change (
            only_row boolean primary key default true check (only_row),
            revision bigint not null);
        insert into backup_change (revision) values (0) on conflict do nothing;
        """;

    private const string Mirror = """
        create table if not exists backup_mirror (
            only_row boolean primary key default true check (only_row),
            folder text,
            sequence bigint,
            revision bigint,
            written_at timestamptz,
            error text);
        insert into backup_mirror default values on conflict do nothing;
        """;
}
