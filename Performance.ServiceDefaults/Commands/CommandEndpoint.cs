using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.ServiceDefaults.Commands;

/// <summary>
/// The HTTP side of one command on one stream: If-Match becomes the expected version, Idempotency-Key makes a repeat
/// answer as the first time, and without If-Match a concurrent append makes it decide again on the newer state.
/// </summary>
public static class CommandEndpoint
{
    private const int Attempts = 8;

    /// <summary>Loads the stream, decides, appends and answers <see cref="CommandAnswer"/> with an ETag.</summary>
    /// <typeparam name="TState">The stream's state.</typeparam>
    /// <param name="http">The request.</param>
    /// <param name="store">The service's store.</param>
    /// <param name="storeId">Which store that is, for the position.</param>
    /// <param name="stream">The stream's id.</param>
    /// <param name="decide">State (null: there is no stream) to events; none: a repeat of a done command.</param>
    /// <param name="cancel">The request's cancellation.</param>
    /// <exception cref="StaleVersionException">If-Match names another version than the present one.</exception>
    public static Task<IResult> RunAsync<TState>(
        HttpContext http,
        IDocumentStore store,
        EventStoreId storeId,
        Guid stream,
        Func<TState?, IReadOnlyList<object>> decide,
        CancellationToken cancel)
        where TState : class =>
        RunAsync<TState>(
            http, store, storeId, stream, (state, _, _) => ValueTask.FromResult(decide(state)), cancel);

    /// <summary>
    /// The same for a command that needs more than its stream: <paramref name="decide"/> may load from the session,
    /// and queue documents, SQL and other streams' events on it, for the same transaction.
    /// </summary>
    /// <inheritdoc cref="RunAsync{TState}(HttpContext, IDocumentStore, EventStoreId, Guid,
    /// Func{TState, IReadOnlyList{object}}, CancellationToken)"/>
    public static async Task<IResult> RunAsync<TState>(
        HttpContext http,
        IDocumentStore store,
        EventStoreId storeId,
        Guid stream,
        Func<TState?, IDocumentSession, CancellationToken, ValueTask<IReadOnlyList<object>>> decide,
        CancellationToken cancel)
        where TState : class
    {
        var expected = RequestHeaders.IfMatch(http.Request);
        var key = RequestHeaders.IdempotencyKey(http.Request);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(http, store, storeId, stream, decide, expected, key, cancel);
            }
            catch (Exception e) when (IsConcurrent(e) && attempt < Attempts)
            {
                // Somebody appended between our read and our write: decide again, on what is there now.
            }
        }
    }

    private static async Task<IResult> TryAsync<TState>(
        HttpContext http,
        IDocumentStore store,
        EventStoreId storeId,
        Guid streamId,
        Func<TState?, IDocumentSession, CancellationToken, ValueTask<IReadOnlyList<object>>> decide,
        long? expected,
        string? key,
        CancellationToken cancel)
        where TState : class
    {
        var user = CurrentUser.From(http.User).UserName;
        var command = $"{http.Request.Method} {http.Request.Path}";
        await using var session = store.LightweightSession();
        if (key is not null && await CommandLog.FindAsync(session, user, key, cancel) is { } done)
        {
            if (done.Command != command)
            {
                throw new DomainException($"Idempotency-Key was used before, for {done.Command}.");
            }

            var sequence = await CommandLog.SequenceAsync(session, done.Stream, done.Version, cancel);
            return Answer(http, done.Version, new StorePosition(storeId, sequence));
        }

        var stream = await session.Events.FetchForWriting<TState>(streamId, cancel);
        var current = stream.StartingVersion ?? 0;
        if (expected is { } version && version != current)
        {
            throw new StaleVersionException(current);
        }

        var events = await decide(stream.Aggregate, session, cancel);
        stream.AppendMany(events);
        var after = current + events.Count;
        if (key is not null)
        {
            session.QueueSqlCommand(CommandLog.Insert, user, key, command, streamId, after);
        }

        await session.SaveChangesAsync(cancel);
        var position = await CommandLog.SequenceAsync(session, streamId, after, cancel);
        return Answer(http, after, new StorePosition(storeId, position));
    }

    private static IResult Answer(HttpContext http, long version, StorePosition position)
    {
        http.Response.Headers[HeaderNames.ETag] = RequestHeaders.ETag(version);
        return Results.Ok(new CommandAnswer(version, position.Value));
    }

    internal static bool IsConcurrent(Exception e) =>
        e is ConcurrencyException or EventStreamUnexpectedMaxEventIdException or ExistingStreamIdCollisionException
        || (e as PostgresException ?? e.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected;
}
