using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten.Exceptions;
using Marten.Internal.Events;
using Marten.Internal.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Internal.Daemon;

/// <summary>Events of a shard with numbers in (floor, ceiling], and those that had to be skipped.</summary>
internal sealed record Page(long Floor, long Ceiling, List<IEvent> Events, List<DeadLetterEvent> Skipped);

/// <summary>Reads pages of events.</summary>
internal sealed class PageLoader
{
    /// <summary>Numbers looked through at a time, as a filter may let few rows pass.</summary>
    private const long Window = 200_000;

    private readonly StoreContext _store;
    private readonly Shard _shard;
    private readonly ShardFilter _filter;
    private readonly ErrorHandlingOptions _errors;
    private readonly EventReader _reader;
    private readonly ILogger _logger;
    private readonly string _sql;

    public PageLoader(StoreContext store, Shard shard, ErrorHandlingOptions errors, ILogger logger)
    {
        _store = store;
        _shard = shard;
        _errors = errors;
        _logger = logger;
        _filter = shard.Filter(store);
        _reader = new EventReader(store);
        _sql = $"{store.Events.SelectEvents} where d.seq_id > $1 and d.seq_id <= $2{_filter.Sql} "
            + "order by d.seq_id limit $3";
    }

    public async Task<Page> LoadAsync(long floor, long highWater, int size, CancellationToken token)
    {
        var ceiling = Math.Min(highWater, floor + Math.Max(Window, size));
        var page = new Page(floor, ceiling, new List<IEvent>(Math.Min(size, 512)), []);
        var (rows, last) = (0, floor);
        await using var connection = await _store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var command = Command(connection, floor, ceiling, size);
        await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        while (await reader.ReadAsync(token).ConfigureAwait(false))
        {
            rows++;
            last = reader.GetInt64(0);
            await ReadAsync(reader, page.Events, page.Skipped, token).ConfigureAwait(false);
        }
        return rows < size ? page : page with { Ceiling = last };
    }

    /// <summary>All events up to a mark, in one query, in chunks.</summary>
    public async Task StreamAsync(long floor, long ceiling, int size, Func<Page, ValueTask> chunk,
        CancellationToken token)
    {
        await using var connection = await _store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var command = Command(connection, floor, ceiling, long.MaxValue);
        await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        var (events, skipped, last) = (new List<IEvent>(size), new List<DeadLetterEvent>(), floor);
        while (await reader.ReadAsync(token).ConfigureAwait(false))
        {
            last = reader.GetInt64(0);
            await ReadAsync(reader, events, skipped, token).ConfigureAwait(false);
            if (events.Count < size)
                continue;
            await chunk(new(floor, last, events, skipped)).ConfigureAwait(false);
            (events, skipped, floor) = (new List<IEvent>(size), [], last);
        }
        await chunk(new(floor, ceiling, events, skipped)).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, long floor, long ceiling, long limit)
    {
        var command = new NpgsqlCommand(_sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = floor });
        command.Parameters.Add(new() { Value = ceiling });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.AddRange(_filter.Parameters().ToArray());
        return command;
    }

    private async ValueTask ReadAsync(NpgsqlDataReader reader, List<IEvent> events, List<DeadLetterEvent> skipped,
        CancellationToken token)
    {
        try
        {
            var reading = _reader.ReadAsync(reader, token);
            var @event = reading.IsCompletedSuccessfully ? reading.Result : await reading.ConfigureAwait(false);
            if (_filter.Also is null || _filter.Also(@event))
                events.Add(@event);
        }
        catch (UnknownEventTypeException e) when (_errors.SkipUnknownEvents)
        {
            _logger.LogWarning(e, "{Shard} skips event {Sequence} of an unknown type", _shard.Name, reader.GetInt64(0));
        }
        catch (EventDeserializationFailureException e) when (_errors.SkipSerializationErrors)
        {
            _logger.LogError(e, "{Shard} skips event {Sequence}, which cannot be read", _shard.Name, e.Sequence);
            skipped.Add(new DeadLetterEvent
            {
                Id = Guid.CreateVersion7(),
                ProjectionName = _shard.Name.Name,
                ShardName = _shard.Name.ShardKey,
                Timestamp = TimeProvider.System.GetUtcNow(),
                EventSequence = e.Sequence,
                ExceptionMessage = e.Message,
                ExceptionType = TypeNames.Full(e.GetType()),
            });
        }
    }
}
