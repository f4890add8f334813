using Npgsql;

namespace Performance.Load.EndToEnd;

/// <summary>
/// A million tickets: those of the ServiceNow log, multiplied inside Scoring's views, with their histories, days and
/// rejections. Their events are not: what reads the store itself finds the log's own.
/// </summary>
internal static class Million
{
    private const int Tickets = 990_000;

    private const string Multiply = """
        set maintenance_work_mem = '256MB';
        create temporary table copies as
        select ticket_id as original, gen_random_uuid() as copy, n
        from ticket_facts cross join generate_series(2, (1000000 / (select count(*) from ticket_facts))::int + 1) n;
        create index on copies (original);
        analyze copies;
        """;

    // What was just written is on the disk before anything is measured, as it is in a system that has run for a while.
    private const string Checkpoint = "checkpoint";
    private const string Analyze = "vacuum analyze ticket_facts, ticket_histories, ticket_days, rejection_events";

    private static readonly string[] Views = ["ticket_facts", "ticket_histories", "ticket_days", "rejection_events"];

    /// <summary>Scoring's database, with a million tickets from the first time on.</summary>
    public static async Task<NpgsqlDataSource> OpenAsync(LoadContext context)
    {
        var database = ScoringDatabase.Open(await context.SystemAsync());
        if (await database.RunAsync("select count(*) from ticket_facts") >= Tickets)
        {
            return database;
        }

        if (await database.RunAsync("select count(*) from ticket_facts") < 20_000)
        {
            await ImportServiceNow.MeasureAsync(context);
        }

        await using (var connection = await database.OpenConnectionAsync())
        {
            await RunAsync(connection, Multiply);
            foreach (var view in Views)
            {
                await RunAsync(connection, await CopyAsync(connection, view));
            }

            await RunAsync(connection, Analyze);
            await RunAsync(connection, Checkpoint);
        }

        return database;
    }

    /// <summary>All of a view's columns, whatever they are, but the ticket's id.</summary>
    private static async Task<string> CopyAsync(NpgsqlConnection connection, string view)
    {
        await using var read = new NpgsqlCommand(
            "select string_agg(quote_ident(column_name), ', ') from information_schema.columns "
            + "where table_schema = 'public' and table_name = $1 and column_name <> 'ticket_id'", connection)
        {
            Parameters = { new() { Value = view } }
        };
        var columns = (string)(await read.ExecuteScalarAsync())!;
        return $"insert into {view} (ticket_id, {columns}) "
            + $"select copy, {columns} from {view} join copies on original = ticket_id order by n, original";
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
