using System.Diagnostics;
using Performance.Testing;

namespace Performance.Load.EndToEnd;

/// <summary>
/// Scoring's views are emptied while it is down; timed is from the projection's first step, after the restart, until it
/// has reached the end of the store again.
/// </summary>
internal static class RebuildScoring
{
    private const string Progress =
        "select coalesce(max(last_seq_id), 0) from mt_event_progression where name = 'ScoringViews:All'";

    private const string Empty = """
        do $$ declare views text; begin
            select string_agg(format('%I', table_name), ', ') into views from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'mt\_%'
                and table_name not in ('feed_cursor', 'agent_directory', 'command_log');
            execute 'truncate ' || views;
            delete from mt_event_progression where name = 'ScoringViews:All';
        end $$
        """;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var system = await context.SystemAsync();
        await using var database = ScoringDatabase.Open(system);
        var events = await database.RunAsync("select count(*) from mt_events");
        if (events < 100_000)
        {
            await ImportServiceNow.MeasureAsync(context);
            events = await database.RunAsync("select count(*) from mt_events");
        }

        var end = await database.RunAsync("select max(seq_id) from mt_events");
        var old = system.ProcessOf("ScoringService")!;
        old.Kill();
        await database.RunAsync(Empty);
        long first = 0;
        await Eventually.Async(
            async () => (first = await database.RunAsync(Progress)) > 0, TimeSpan.FromMinutes(1), "a first step");
        var watch = Stopwatch.StartNew();
        await Eventually.Async(
            async () => await database.RunAsync(Progress) >= end, TimeSpan.FromMinutes(5), "the end of the store");
        await system.HealthyAsync();
        return ($"{events:#,0} events", Figures.PerSecond(events - first, watch.Elapsed));
    }
}
