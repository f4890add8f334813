using Marten;
using Npgsql;
using Performance.Scoring.Live;
using Performance.Scoring.Settings;

namespace Performance.Scoring.Views;

/// <summary>One stretch of events on its way into the views: reads rows, queues writes, notes changes.</summary>
internal sealed class ViewBatch(NpgsqlConnection connection, IDocumentOperations operations, long ceiling)
{
    /// <summary>The last sequence number of the stretch.</summary>
    public long Ceiling { get; } = ceiling;

    /// <summary>The settings at the end of the stretch: all of it is read by them.</summary>
    public ScoringSettings Settings { get; set; } = ScoringSettings.Default;

    /// <summary>Whether days must be attributed anew.</summary>
    public bool ZoneChanged { get; set; }

    public Changes Changes { get; } = new();

    /// <summary>A statement of the transaction that also moves the projection's position.</summary>
    public void Queue(string sql, params object[] parameters) => operations.QueueSqlCommand(sql, parameters);

    /// <summary>Reads rows as they stood before this stretch.</summary>
    public async Task<List<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
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
}
