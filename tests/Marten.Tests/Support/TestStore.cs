using JasperFx.Events.Daemon;
using Marten;
using Marten.Events;
using Npgsql;

namespace Performance.MartenTests.Support;

/// <summary>A database per test class; each test has a schema of its own in it.</summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private readonly string _name = $"marten_{Guid.NewGuid():N}";

    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await ExecuteAsync($"create database {_name}");
        ConnectionString = new NpgsqlConnectionStringBuilder(Server) { Database = _name }.ConnectionString;
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"drop database if exists {_name} with (force)");
    }

    public DocumentStore Store(Action<StoreOptions>? configure = null, string? schema = null)
    {
        schema ??= $"s{Guid.NewGuid():N}";
        return DocumentStore.For(options =>
        {
            options.Connection(ConnectionString);
            options.DatabaseSchemaName = schema;
            options.Projections.Errors.SkipApplyErrors = false;
            options.Projections.Errors.SkipUnknownEvents = false;
            configure?.Invoke(options);
        });
    }

    private static string Server => Environment.GetEnvironmentVariable("PERFORMANCE_TEST_POSTGRES")
        ?? throw new InvalidOperationException("PERFORMANCE_TEST_POSTGRES names no server");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

internal static class TestStoreExtensions
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IProjectionDaemon> StartDaemonAsync(this DocumentStore store)
    {
        var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        return daemon;
    }

    public static Task WaitForNonStaleAsync(this DocumentStore store)
        => store.WaitForNonStaleProjectionDataAsync(Patience);

    public static async Task<T> ScalarAsync<T>(this DocumentStore store, string sql)
    {
        await using var session = store.QuerySession();
        var rows = await session.QueryAsync<T>(sql.Replace("{s}", store.Options.DatabaseSchemaName));
        return rows[0];
    }

    public static async Task ExecuteAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
