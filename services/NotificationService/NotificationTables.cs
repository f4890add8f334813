using Npgsql;

namespace Performance.Notifications;

/// <summary>
/// Tables beside Marten's: the work list of deliveries, a mirror of what tickets are called, and a counter per inbox
/// whose change wakes the live streams. Triggers announce, because NOTIFY then goes out with the commit and Marten's
/// queued commands must not return rows.
/// </summary>
internal static class NotificationTables
{
    /// <summary>Parameters: delivery, when it is due.</summary>
    public const string Enqueue = """
        insert into delivery_queue (delivery_id, due_at) values (?, ?)
        on conflict (delivery_id) do update set due_at = excluded.due_at
        """;

    /// <summary>Parameter: delivery.</summary>
    public const string Dequeue = "delete from delivery_queue where delivery_id = ?";

    /// <summary>Parameter: agent.</summary>
    public const string TouchInbox = """
        insert into inbox_change (agent_id) values (?)
        on conflict (agent_id) do update set changes = inbox_change.changes + 1
        """;

    /// <summary>Parameters: arrays of tickets, ids at the source, titles.</summary>
    public const string NameTickets = """
        insert into ticket_name (ticket_id, external_id, title)
        select ticket_id, external_id, nullif(title, '')
        from unnest(?, ?, ?) as named (ticket_id, external_id, title)
        on conflict (ticket_id) do update set external_id = excluded.external_id, title = excluded.title
        """;

    public const string DeliveryChannel = "delivery_queued";
    public const string InboxChannel = "inbox_changed";

    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand("""
            select pg_advisory_xact_lock(hashtext('notification_tables'));

            create table if not exists delivery_queue (
                delivery_id uuid primary key,
                due_at timestamptz not null);
            create index if not exists delivery_queue_due on delivery_queue (due_at);

            create table if not exists inbox_change (
                agent_id uuid primary key,
                changes bigint not null default 1);

            create table if not exists ticket_name (
                ticket_id uuid primary key,
                external_id text not null,
                title text);

            create or replace function announce_delivery() returns trigger language plpgsql as
            $$ begin perform pg_notify('delivery_queued', ''); return null; end $$;
            create or replace trigger announce_delivery after insert or update on delivery_queue
                for each statement execute function announce_delivery();

            create or replace function announce_inbox() returns trigger language plpgsql as
            $$ begin perform pg_notify('inbox_changed', new.agent_id::text); return null; end $$;
            create or replace trigger announce_inbox after insert or update on inbox_change
                for each row execute function announce_inbox();
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }
}
