using System.Data;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Performance.Contracts;
using Performance.Scoring.Agents;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;

namespace Performance.Scoring.Views;

/// <summary>Opens snapshots of the views.</summary>
internal sealed class ViewReader(NpgsqlDataSource database)
{
    public Task<ViewSnapshot> OpenAsync(CancellationToken cancel) => ViewSnapshot.OpenAsync(database, cancel);
}

/// <summary>All views as they stood at one position: one repeatable-read transaction, read-only.</summary>
internal sealed class ViewSnapshot : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private ViewSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        this.connection = connection;
        this.transaction = transaction;
    }

    /// <summary>How far the views are, as the API's <c>position</c>.</summary>
    public long Position { get; private set; }

    public ScoringSettings Settings { get; private set; } = ScoringSettings.Default;

    public PolicyBook Policies { get; private set; } = PolicyBook.Empty;

    public AgentMerges Merges { get; private set; } = new(new Dictionary<Guid, Guid>());

    public Facets Facets { get; private set; } = new([]);

    /// <summary>The closed months by number, with the policy version that each was frozen under.</summary>
    public IReadOnlyDictionary<int, int> FrozenMonths { get; private set; } = new Dictionary<int, int>();

    public static async Task<ViewSnapshot> OpenAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        var connection = await database.OpenConnectionAsync(cancel);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var snapshot = new ViewSnapshot(connection, transaction);
        try
        {
            await snapshot.ReadFrameAsync(cancel);
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    public async Task<List<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel, params IEnumerable<object> parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Row by row, for what is too much to be held.</summary>
    public async Task EachAsync(
        string sql, Action<NpgsqlDataReader> row, CancellationToken cancel, params IEnumerable<object> parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            row(reader);
        }
    }

    /// <summary>In portions, each read when the one before has been taken.</summary>
    public async IAsyncEnumerable<List<T>> PortionsAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, int size, [EnumeratorCancellation] CancellationToken cancel,
        params IEnumerable<object> parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var portion = new List<T>(size);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            portion.Add(row(reader));
            if (portion.Count == size)
            {
                yield return portion;
                portion = new List<T>(size);
            }
        }

        yield return portion;
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task ReadFrameAsync(CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                // Compiling a plan takes longer than running any of these.
                new("set local jit = off"),
                // The views are in memory, where a look into an index costs little more than the next page.
                new("set local random_page_cost = 1.1"),
                new("set local transaction_read_only = on"),
                new($"select last_seq_id from mt_event_progression where name = '{ScoringViews.Shard}'"),
                new("select data::text from scoring_settings"),
                new("select data::text from score_policies order by version"),
                new("select merged, kept from agent_merges"),
                new("select kind, id, value from scoring_facets"),
                new("select month, policy_version from frozen_months")
            }
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        Position = new StorePosition(
            EventStoreId.Scoring, await reader.ReadAsync(cancel) ? reader.GetInt64(0) : 0).Value;
        await reader.NextResultAsync(cancel);
        Settings = await reader.ReadAsync(cancel)
            ? JsonSerializer.Deserialize<ScoringSettings>(reader.GetString(0))! : ScoringSettings.Default;
        await reader.NextResultAsync(cancel);
        Policies = new PolicyBook(await RowsAsync(
            reader, r => JsonSerializer.Deserialize<PolicyVersion>(r.GetString(0))!, cancel));
        await reader.NextResultAsync(cancel);
        Merges = new AgentMerges((await RowsAsync(reader, r => (r.GetGuid(0), r.GetGuid(1)), cancel))
            .ToDictionary(m => m.Item1, m => m.Item2));
        await reader.NextResultAsync(cancel);
        Facets = new Facets(await RowsAsync(
            reader, r => ((FacetKind)r.GetInt16(0), r.GetInt32(1), r.GetString(2)), cancel));
        await reader.NextResultAsync(cancel);
        FrozenMonths = (await RowsAsync(reader, r => (r.GetInt32(0), r.GetInt32(1)), cancel))
            .ToDictionary(m => m.Item1, m => m.Item2);
    }

    private static async Task<List<T>> RowsAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
