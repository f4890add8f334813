using System.Diagnostics;
using Npgsql;

namespace Performance.Load.EndToEnd;

/// <summary>
/// The scorecard over a million tickets, with filters, through the gateway; beside it the same aggregation as one would
/// write it by hand, over a plain table of the same tickets.
/// </summary>
internal static class MillionTickets
{
    private const int Samples = 60;

    // Flags as TicketFlags has them: 2 closed, 4 hold, 8 first pass, 16 failed, 32 excused, 64 rejected, 128 again.
    private const string Plain = """
        create table plain_tickets as
        select agent, month, type, state, flags & 2 > 0 closed, flags & 4 > 0 on_hold, flags & 8 > 0 first_pass,
            flags & 16 > 0 failed, flags & 32 > 0 excused, flags & 64 > 0 rejected, flags & 128 > 0 re_rejected,
            flags & 256 > 0 any_rejection, flags & 512 > 0 moved, reject_events, cycle_us, move_us
        from ticket_facts;
        create index on plain_tickets (month);
        analyze plain_tickets;
        """;

    private const string ByHand = """
        select agent, count(*), count(*) filter (where closed), count(*) filter (where first_pass),
            count(*) filter (where failed), count(*) filter (where excused), count(*) filter (where on_hold),
            count(*) filter (where rejected), sum(reject_events), count(*) filter (where re_rejected),
            count(*) filter (where any_rejection), count(*) filter (where moved), sum(cycle_us), sum(move_us)
        from plain_tickets where month = any($1) group by agent
        """;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var admin = await context.AdminAsync();
        await using var database = await Million.OpenAsync(context);
        await database.RunAsync(Plain);
        int[] months = [(2016 * 12) + 2, (2016 * 12) + 3, (2016 * 12) + 4];
        var byHand = await SampleAsync(async () =>
        {
            await using var command = database.CreateCommand(ByHand);
            command.Parameters.Add(new NpgsqlParameter { Value = months });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
            }
        });
        var ours = await SampleAsync(() =>
            admin.GetAsync("/api/scoring/scorecard?month=2016-03&month=2016-04&month=2016-05"));
        await database.RunAsync("drop table plain_tickets");
        return ($"by hand {byHand:0} ms", $"{ours:0} ms ({ours / byHand:0.00} x)");
    }

    private static async Task<double> SampleAsync(Func<Task> once)
    {
        var samples = new List<double>(Samples);
        for (var n = -5; n < Samples; n++)
        {
            var began = Stopwatch.GetTimestamp();
            await once();
            if (n >= 0)
            {
                samples.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return Figures.Percentile(samples, 0.95);
    }
}
