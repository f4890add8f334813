using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Postgres;

internal sealed class CreationScriptAnnotation(string script) : IResourceAnnotation
{
    public string Script { get; } = script;
}

/// <summary>Makes the databases of a server that do not exist.</summary>
internal sealed class DatabaseCreation(PostgresServerResource server, IResourceCollection resources)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var connectionString = await PostgresHealthCheck.ConnectionStringAsync(server, "postgres", cancellationToken)
            .ConfigureAwait(false);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var database in resources.OfType<PostgresDatabaseResource>().Where(d => d.Parent == server))
        {
            var quoted = '"' + database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
            await using var exists = new NpgsqlCommand(
                "select exists (select from pg_database where datname = $1)", connection);
            exists.Parameters.AddWithValue(database.DatabaseName);
            if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
                continue;
            var script = database.TryGetLastAnnotation<CreationScriptAnnotation>(out var own)
                ? own.Script : $"create database {quoted}";
            await using var create = new NpgsqlCommand(script, connection);
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Healthy while a database lets us in and answers.</summary>
internal sealed class PostgresHealthCheck(PostgresServerResource server, string database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                await ConnectionStringAsync(server, database, cancellationToken).ConfigureAwait(false));
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }

    public static async Task<string> ConnectionStringAsync(
        IResourceWithConnectionString server, string database, CancellationToken cancellationToken)
    {
        var text = await server.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);

        // A connection of its own each time: a pooled one says nothing about whether new ones are accepted.
        return new NpgsqlConnectionStringBuilder(text)
        {
            Database = database, Pooling = false, Timeout = 5, CommandTimeout = 5,
        }.ConnectionString;
    }
}
