using Npgsql;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>
/// Scoring's own database, for what only a look inside can measure: of a system started here, or the one that
/// PERFORMANCE_LOAD_SCORING names.
/// </summary>
internal static class ScoringDatabase
{
    private const string Variable = "PERFORMANCE_LOAD_SCORING";

    public static NpgsqlDataSource Open(RunningSystem system) => NpgsqlDataSource.Create(
        (system.ProcessOf("ScoringService")?.Variable("ConnectionStrings__scoring")
            ?? Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"in a system that runs already only with {Variable}"))
        + ";Command Timeout=600");

    public static async Task<long> RunAsync(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToInt64(value) : 0;
    }
}
