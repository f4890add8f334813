namespace Performance.Tickets.Sync;

/// <summary>The tables of the live sync; what it has read waits in those of imports.</summary>
internal static class SyncTables
{
    public const string All = """
        create table if not exists sync_secret (name text primary key, protected text not null);
        create table if not exists sync_run (
            id uuid primary key,
            kind text not null,
            status text not null,
            since timestamptz,
            base_address text not null,
            team_id text not null,
            pass integer not null default 1,
            page integer not null default 0,
            fresh integer not null default 0,
            tasks integer not null default 0,
            note text,
            error text,
            requested_by text not null,
            started_at timestamptz not null,
            read_at timestamptz);
        create unique index if not exists sync_run_reading on sync_run (status) where status = 'Reading';
        create index if not exists sync_run_started on sync_run (started_at desc);
        create table if not exists sync_task (
            task_id text primary key,
            asked_at timestamptz not null,
            next_at timestamptz not null,
            attempts integer not null default 0,
            error text);
        create table if not exists sync_delivery (
            webhook_id text not null,
            history_item_id text not null,
            received_at timestamptz not null,
            primary key (webhook_id, history_item_id));
        create index if not exists sync_delivery_received on sync_delivery (received_at);
        alter table import add column if not exists origin text not null default 'upload';
        """;
}
