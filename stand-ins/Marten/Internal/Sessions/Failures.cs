using System.Text.RegularExpressions;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten.Exceptions;
using Marten.Internal.Documents;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>What the database's refusals mean.</summary>
internal static partial class Failures
{
    /// <summary>The exception to throw; null, if the same unit of work can simply be tried again.</summary>
    public static async Task<Exception?> TranslateAsync(Exception e, StoreContext store, UnitOfWork work)
    {
        if (e is not PostgresException refused)
            return e is NpgsqlException ? new MartenCommandException(null, e) : e;
        if (refused.SqlState == PostgresErrorCodes.InvalidTextRepresentation
            && Mark().Match(refused.MessageText) is { Success: true } mark)
        {
            return Marked(mark.Groups[1].Value.Split('|'), work, refused);
        }
        if (refused.SqlState != PostgresErrorCodes.UniqueViolation)
            return new MartenCommandException(null, e);
        if (refused.ConstraintName is "pkey_mt_streams_id" or "pk_mt_events_stream_and_version")
            return await CollisionAsync(store, work.StreamList).ConfigureAwait(false);
        var inserts = work.Operations.OfType<DocumentWrite>()
            .Where(w => $"pkey_{w.Mapping.TableName}_id" == refused.ConstraintName).ToArray();
        if (inserts.Length == 0)
            return new MartenCommandException(null, e);
        var known = inserts.Length == 1 ? inserts[0] : await ExistingAsync(store, inserts).ConfigureAwait(false);
        return new DocumentAlreadyExistsException(e, known.Mapping.DocumentType, known.Id);
    }

    // Which key it was, the server says only where error details are not withheld; so the streams are looked up.
    private static async Task<Exception?> CollisionAsync(StoreContext store, List<StreamAction> streams)
    {
        var versions = await VersionsAsync(store, streams).ConfigureAwait(false);
        foreach (var stream in streams.Where(s => versions.ContainsKey(Id(s))))
        {
            if (stream.ActionType == StreamActionType.Start)
                return new ExistingStreamIdCollisionException(Id(stream), stream.AggregateType!);
            if (stream.ExpectedVersionOnServer is { } expected && expected != versions[Id(stream)])
                return Unexpected(stream, streams, expected, versions[Id(stream)]);
        }
        // Two sessions made the same stream at once, neither minding its version: now it exists.
        return null;
    }

    private static async Task<Dictionary<object, long>> VersionsAsync(StoreContext store, List<StreamAction> streams)
    {
        object ids = streams[0].Key is null
            ? streams.Select(s => s.Id).ToArray()
            : streams.Select(s => s.Key!).ToArray();
        await using var connection = await store.DataSource.OpenConnectionAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            $"select id, coalesce(version, 0) from {store.Events.Schema}.mt_streams where id = any($1)", connection);
        command.Parameters.Add(new() { Value = ids });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var versions = new Dictionary<object, long>();
        while (await reader.ReadAsync().ConfigureAwait(false))
            versions[reader.GetValue(0)] = reader.GetInt64(1);
        return versions;
    }

    private static async Task<DocumentWrite> ExistingAsync(StoreContext store, DocumentWrite[] inserts)
    {
        var mapping = inserts[0].Mapping;
        await using var connection = await store.DataSource.OpenConnectionAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand($"select id from {mapping.Table} where id = any($1)", connection);
        command.Parameters.Add(DocumentBatch.Ids(mapping, inserts.Select(i => i.Id)));
        var id = await command.ExecuteScalarAsync().ConfigureAwait(false);
        return inserts.FirstOrDefault(i => i.Id.Equals(id)) ?? inserts[0];
    }

    private static Exception Marked(string[] parts, UnitOfWork work, PostgresException refused)
    {
        switch (parts[0])
        {
            case "stream":
                return Unexpected(work.StreamList.Find(s => Id(s).ToString() == parts[1]), work.StreamList,
                    long.Parse(parts[^2]), long.Parse(parts[^1]));
            case "progress":
                return new ProgressionProgressOutOfOrderException(parts[1], long.Parse(parts[2]), long.Parse(parts[3]));
            case "archived":
                return new InvalidStreamOperationException(
                    $"Attempted to append event to archived stream with Id '{parts[1]}'.");
        }
        var write = work.Operations.OfType<DocumentWrite>()
            .FirstOrDefault(w => w.Mapping.Alias == parts[1] && w.Id.ToString() == parts[2]);
        if (write is null)
            return new MartenCommandException(null, refused);
        return parts[0] == "missing"
            ? new NonExistentDocumentException(write.Mapping.DocumentType, write.Id)
            : new ConcurrencyException(write.Mapping.DocumentType, write.Id);
    }

    private static EventStreamUnexpectedMaxEventIdException Unexpected(StreamAction? stream,
        List<StreamAction> streams, long expected, long actual)
    {
        stream ??= streams.FirstOrDefault();
        return new(stream is null ? "" : Id(stream), stream?.AggregateType, expected, actual);
    }

    private static object Id(StreamAction stream) => (object?)stream.Key ?? stream.Id;

    [GeneratedRegex("mt_err\\|([^\"]*)\"")]
    private static partial Regex Mark();
}
