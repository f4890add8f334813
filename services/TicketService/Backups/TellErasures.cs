using Marten;
using Npgsql;
using Performance.ServiceDefaults.Commands;

namespace Performance.Tickets.Backups;

/// <summary>Free text of these stored events was erased; those to whom it was told forget it too.</summary>
internal sealed record RecordTextErased(IReadOnlyList<Guid> EventIds, DateTimeOffset OccurredAt);

/// <summary>
/// Notices that stored events were masked, however that was done, and says so in an event: a mirror outside this
/// service would keep the text for ever. Masking rewrites an event in place, which only the database can see (ADR 105).
/// </summary>
internal sealed class TellErasures(
    NpgsqlDataSource database, IDocumentStore store, TimeProvider clock, ILogger<TellErasures> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // Made once: making it waits for every append, and every append for it.
    private const string Watch = """
        select pg_advisory_xact_lock(hashtext('erased_record'));
        create table if not exists erased_record (event_id uuid primary key);
        create or replace function note_erased_record() returns trigger language plpgsql as $$
        begin
            insert into erased_record (event_id) values (new.id) on conflict do nothing;
            return null;
        end $$;
        do $watch$ begin
            if not exists (
                select 1 from pg_trigger where tgname = 'note_erased_record' and tgrelid = 'mt_events'::regclass) then
                create trigger note_erased_record after update of data on mt_events for each row
                    when (old.data is distinct from new.data
                        and new.type in ('rejections_excused', 'excuse_withdrawn', 'day_logged'))
                    execute function note_erased_record();
            end if;
        end $watch$;
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var watching = false;
        do
        {
            try
            {
                if (!watching)
                {
                    await using var watch = database.CreateCommand(Watch);
                    await watch.ExecuteNonQueryAsync(stoppingToken);
                    watching = true;
                }

                await TellAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "Erased text could not be told to others; tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        await using var select = database.CreateCommand("""
            select coalesce(array_agg(event_id), '{}')
            from (select event_id from erased_record order by event_id limit 500) e
            """);
        if (await select.ExecuteScalarAsync(cancel) is not Guid[] { Length: > 0 } erased)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await using var session = store.LightweightSession();
        session.Events.StartStream<RecordTextErased>(
            DeterministicId.Of("erased", now.ToString("O"), erased[0].ToString()),
            new RecordTextErased(erased, now));
        session.QueueSqlCommand("delete from erased_record where event_id = any (?)", erased);
        await session.SaveChangesAsync(cancel);
    }
}
