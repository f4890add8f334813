using Npgsql;
using Xunit;

namespace Performance.Testing;

/// <summary>
/// A database of its own on the test server, for one test class: <c>IClassFixture&lt;TestPostgres&gt;</c>, or
/// <see cref="CreateAsync"/>. It is dropped at the end, whoever is still connected.
/// </summary>
public sealed class TestPostgres : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Names a server on which databases may be created, as an Npgsql connection string.</summary>
    public const string Variable = "PERFORMANCE_TEST_POSTGRES";

    private NpgsqlDataSource? source;

    /// <summary>The database's name.</summary>
    public string Database { get; } = $"test_{Guid.NewGuid():n}";

    /// <summary>Opens the database.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server)
    {
        Database = Database,
        MaxPoolSize = 30,
        IncludeErrorDetail = true
    }.ConnectionString;

    /// <summary>Connections to the database, shared by the test class.</summary>
    public NpgsqlDataSource DataSource => source ??= NpgsqlDataSource.Create(ConnectionString);

    /// <summary>The connection string of the server, or an explanation of how to get one.</summary>
    public static string Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException(
            $"{Variable} is not set. Run the tests with ./test, or set it to a PostgreSQL server on which databases "
            + "may be created, for example Host=127.0.0.1;Port=5432;Username=postgres;Password=postgres.");

    /// <summary>A database that is there at once; dispose it.</summary>
    public static async Task<TestPostgres> CreateAsync()
    {
        var postgres = new TestPostgres();
        await postgres.InitializeAsync();
        return postgres;
    }

    /// <inheritdoc />
    // template0: nobody can be connected to it, which would make a concurrent CREATE DATABASE fail.
    public Task InitializeAsync() => OnServerAsync($"create database {Database} template template0");

    /// <summary>Runs one statement in the database.</summary>
    public async Task<int> ExecuteAsync(string sql, params object?[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row, or the type's default.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object?[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (source is not null)
        {
            await source.DisposeAsync();
        }

        await OnServerAsync($"drop database if exists {Database} with (force)");
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Server) { Pooling = false, CommandTimeout = 120 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, object?[] parameters)
    {
        var command = DataSource.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
