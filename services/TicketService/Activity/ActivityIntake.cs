using Marten;
using Npgsql;
using SessionOptions = Marten.Services.SessionOptions;

namespace Performance.Tickets.Activity;

/// <summary>
/// Stores activity once: the identities go into table <c>activity_event</c> and the events into a stream of their own,
/// in one transaction. What was posted before is passed over (ADR 0043).
/// </summary>
internal sealed class ActivityIntake(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock)
{
    private sealed record ActivityPost;

    // In one order for everybody, so that two requests with the same events wait for each other and never deadlock.
    private const string Claim = """
        insert into activity_event (source, id)
        select source, id from unnest($1::text[], $2::text[]) as e(source, id)
        order by source collate "C", id collate "C"
        on conflict do nothing returning source, id
        """;

    /// <returns>How many were new.</returns>
    public async Task<int> StoreAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        if (events.Count == 0)
        {
            return 0;
        }

        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var claimed = await ClaimAsync(transaction, events, cancel);
        object[] fresh = [.. events.Where(e => claimed.Contains((e.Source, e.Id))).Select(e => e.Event)];
        if (fresh.Length > 0)
        {
            await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
            session.Events.StartStream<ActivityPost>(Guid.CreateVersion7(clock.GetUtcNow()), fresh);
            await session.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return fresh.Length;
    }

    private static async Task<HashSet<(string, string)>> ClaimAsync(
        NpgsqlTransaction transaction, IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        await using var claim = new NpgsqlCommand(Claim, transaction.Connection, transaction);
        claim.Parameters.Add(new() { Value = events.Select(e => e.Source).ToArray() });
        claim.Parameters.Add(new() { Value = events.Select(e => e.Id).ToArray() });
        var claimed = new HashSet<(string, string)>(events.Count);
        await using var reader = await claim.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            claimed.Add((reader.GetString(0), reader.GetString(1)));
        }

        return claimed;
    }
}
