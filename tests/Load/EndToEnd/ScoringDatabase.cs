using Npgsql;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>Scoring's own database, for what only a look inside can measure; only of a system started here.</summary>
internal static class ScoringDatabase
{
    public static NpgsqlDataSource Open(RunningSystem system) => NpgsqlDataSource.Create(
        (system.ProcessOf("ScoringService")?.Variable("ConnectionStrings__scoring")
            ?? throw new InvalidOperationException("only in a system started here")) + ";Command Timeout=600");

    public static async Task<long> RunAsync(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToInt64(value) : 0;
    }
}
