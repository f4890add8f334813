using System.Text.RegularExpressions;
using JasperFx;
using JasperFx.Events;
using Marten.Exceptions;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>What the database's refusals mean.</summary>
internal static partial class Failures
{
    public static bool IsRaceForNewStream(Exception e, List<StreamAction> streams)
        => e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "pkey_mt_streams_id" } refused
            && Find(streams, Key(refused)) is { ActionType: StreamActionType.Append, ExpectedVersionOnServer: null };

    public static Exception Translate(Exception e, UnitOfWork work)
    {
        if (e is not PostgresException refused)
            return e is NpgsqlException ? new MartenCommandException(null, e) : e;
        var streams = work.StreamList;
        if (refused.SqlState == PostgresErrorCodes.InvalidTextRepresentation
            && Mark().Match(refused.MessageText) is { Success: true } mark)
        {
            return Marked(mark.Groups[1].Value.Split('|'), work, refused);
        }
        if (refused.SqlState != PostgresErrorCodes.UniqueViolation)
            return new MartenCommandException(null, e);
        switch (refused.ConstraintName)
        {
            case "pkey_mt_streams_id":
                var stream = Find(streams, Key(refused));
                if (stream is { ActionType: StreamActionType.Start })
                    return new ExistingStreamIdCollisionException(Id(stream), stream.AggregateType!);
                return Unexpected(stream, streams, stream?.ExpectedVersionOnServer ?? 0, 1);
            case "pk_mt_events_stream_and_version":
                var other = Find(streams, Key(refused).Split(", ")[0]);
                return Unexpected(other, streams, other?.ExpectedVersionOnServer ?? 0, other?.Version ?? 0);
        }
        var insert = work.Operations.OfType<DocumentWrite>()
            .FirstOrDefault(w => $"pkey_{w.Mapping.TableName}_id" == refused.ConstraintName
                && w.Id.ToString() == Key(refused));
        return insert is null
            ? new MartenCommandException(null, e)
            : new DocumentAlreadyExistsException(e, insert.Mapping.DocumentType, insert.Id);
    }

    private static Exception Marked(string[] parts, UnitOfWork work, PostgresException refused)
    {
        switch (parts[0])
        {
            case "stream":
                return Unexpected(Find(work.StreamList, parts[1]), work.StreamList, long.Parse(parts[^2]),
                    long.Parse(parts[^1]));
            case "progress":
                return new JasperFx.Events.Daemon.ProgressionProgressOutOfOrderException(parts[1],
                    long.Parse(parts[2]), long.Parse(parts[3]));
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

    private static StreamAction? Find(List<StreamAction> streams, string id)
        => streams.Find(s => Id(s).ToString() == id);

    /// <summary>The values of "Key (id)=(…) already exists."</summary>
    private static string Key(PostgresException refused)
        => Values().Match(refused.Detail ?? "") is { Success: true } match ? match.Groups[1].Value : "";

    [GeneratedRegex("mt_err\\|([^\"]*)\"")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\)=\((.*)\) already exists")]
    private static partial Regex Values();
}
