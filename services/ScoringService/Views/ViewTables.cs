using Npgsql;

namespace Performance.Scoring.Views;

/// <summary>The tables of the views; <c>Tables.sql</c> says what they hold.</summary>
internal static class ViewTables
{
    /// <summary>Emptied before a rebuild.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "scoring_facets", "ticket_facts", "ticket_histories", "ticket_days", "rejection_events", "status_classes",
        "score_policies", "scoring_settings", "agent_merges", "attendance", "ramp_plans", "work_days", "coaching_sessions", "goals",
        "rep_days", "complaint_cases"
    ];

    /// <summary>Creates what is missing; several replicas may start at once.</summary>
    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        var assembly = typeof(ViewTables).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("Tables.sql", StringComparison.Ordinal));
        await using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        await using var create = database.CreateCommand(await reader.ReadToEndAsync(cancel));
        await create.ExecuteNonQueryAsync(cancel);
    }
}
