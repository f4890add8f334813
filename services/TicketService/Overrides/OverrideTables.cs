using Marten;
using Npgsql;

namespace Performance.Tickets.Overrides;

/// <summary>
/// Tables of <see cref="OverridesProjection"/>. No free text: reasons are read from the event itself, so that what is
/// erased there is gone here.
/// </summary>
internal static class OverrideTables
{
    public static readonly IReadOnlyList<string> Names = ["ticket_rejection", "ticket_dispute", "ticket_override"];

    // left_version: where a rejection status that was entered was left again. excuse_version: which event said last
    // whether it is excused.
    public const string Create = """
        create table if not exists ticket_rejection (
            event_id uuid primary key,
            ticket_id uuid not null,
            version bigint not null,
            step integer not null,
            label text,
            occurred_at timestamptz not null,
            left_version bigint,
            removed boolean not null default false,
            excused_by text,
            excuse_version bigint not null default 0);
        create index if not exists ticket_rejection_ticket on ticket_rejection (ticket_id);
        create index if not exists ticket_rejection_occurred on ticket_rejection (occurred_at);
        create table if not exists ticket_dispute (
            dispute_id uuid primary key,
            ticket_id uuid not null,
            version bigint not null,
            rejection_id uuid,
            raised_by text not null,
            raised_at timestamptz not null,
            accepted boolean,
            decided_by text,
            decided_at timestamptz,
            decided_version bigint);
        create index if not exists ticket_dispute_open on ticket_dispute (raised_at) where accepted is null;
        create index if not exists ticket_dispute_decided on ticket_dispute (decided_at) where accepted is not null;
        create table if not exists ticket_override (
            event_id uuid primary key,
            ticket_id uuid not null,
            version bigint not null,
            action text not null,
            rejection_id uuid,
            done_by text not null,
            done_at timestamptz not null);
        create index if not exists ticket_override_done on ticket_override (done_at desc);
        create table if not exists supervisor_sight (
            user_name text primary key,
            teams text[] not null,
            everything boolean not null);
        create table if not exists ticket_view_filled (name text primary key);
        """;

    /// <summary>
    /// The condition that a row of <c>ticket_rejection</c> (alias r) is a rejection event that stands: see
    /// <see cref="Ticket.StandingRejections"/>.
    /// </summary>
    public const string Standing = """
        (not r.removed and (r.label is not null or not exists (
            select 1 from ticket_rejection l
            where l.ticket_id = r.ticket_id and l.label is not null and not l.removed
                and (l.step = r.step
                    or l.version > r.version and (r.left_version is null or l.version < r.left_version)))))
        """;

    /// <summary>
    /// A store that is older than these tables: they are filled from it once, before the service serves and while
    /// replicas that start with it wait.
    /// </summary>
    public static async Task FillAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancel);
        // A lock of the session: an open transaction would keep the daemon from telling which numbers are final.
        await RunAsync(connection, "select pg_advisory_lock(hashtext('ticket_view_filled'))", cancel);
        try
        {
            var known = "select count(*) from ticket_view_filled where name = 'overrides'";
            if (await RunAsync(connection, known, cancel) is 0L)
            {
                if (await RunAsync(connection, "select to_regclass('mt_events') is not null", cancel) is true)
                {
                    using var daemon = await services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
                    await daemon.RebuildProjectionAsync(OverridesProjection.Name, TimeSpan.FromHours(1), cancel);
                }

                await RunAsync(connection, "insert into ticket_view_filled (name) values ('overrides')", cancel);
            }
        }
        finally
        {
            await RunAsync(
                connection, "select pg_advisory_unlock(hashtext('ticket_view_filled'))", CancellationToken.None);
        }
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }
}
