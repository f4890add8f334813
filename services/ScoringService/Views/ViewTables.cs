using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Performance.Scoring.Views;

/// <summary>The tables of the views; <c>Tables.sql</c> says what they hold.</summary>
internal static class ViewTables
{
    // Raise it when a view holds something else than before although its table is the same.
    private const int Revision = 1;

    private static readonly string Sql = ReadSql();

    /// <summary>Emptied before a rebuild.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "scoring_facets", "ticket_facts", "ticket_histories", "ticket_days", "rejection_events", "status_classes",
        "score_policies", "scoring_settings", "agent_merges", "attendance", "ramp_plans", "work_days",
        "coaching_sessions", "goals", "rep_days", "complaint_cases", "frozen_months", "frame_facts",
        "agent_grades"
    ];

    /// <summary>What the views are in this version of the service: their tables and the revision.</summary>
    public static string Definition { get; } =
        $"{Revision}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)))}";

    /// <summary>
    /// Creates the tables. Those of another definition go, with the projection's position, so that the views are made
    /// anew from the events (docs/adr/0055). Several replicas may start at once.
    /// </summary>
    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, """
            select pg_advisory_xact_lock(hashtext('scoring_views'));
            create table if not exists scoring_views_definition (
                only_row boolean primary key default true check (only_row), definition text not null);
            """, cancel);
        if (await DefinitionAsync(connection, cancel) != Definition)
        {
            await ExecuteAsync(connection, $"""
                drop table if exists {string.Join(", ", Names)};
                do $$ begin
                    if to_regclass('mt_event_progression') is not null then
                        delete from mt_event_progression where name = '{ScoringViews.Shard}';
                    end if;
                end $$;
                insert into scoring_views_definition (definition) values ('{Definition}')
                on conflict (only_row) do update set definition = excluded.definition;
                """, cancel);
        }

        await ExecuteAsync(connection, Sql, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The definition that the tables have; null if there are none.</summary>
    public static async Task<string?> DefinitionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var read = new NpgsqlCommand("select definition from scoring_views_definition", connection);
        return await read.ExecuteScalarAsync(cancel) as string;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string ReadSql()
    {
        var assembly = typeof(ViewTables).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("Tables.sql", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
