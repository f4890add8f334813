using Marten;
using Npgsql;
using SessionOptions = Marten.Services.SessionOptions;

namespace Performance.Tickets.Imports;

/// <summary>
/// Brings a batch of tickets in: their events, what is remembered of them, refused rows, the counts and the cursor, in
/// one transaction. After a crash the import goes on behind the last batch that was committed.
/// </summary>
internal sealed class ImportBatchWriter(
    IDocumentStore store, ImportJob job, ImportAssignees assignees, DateTimeOffset now)
{
    private readonly EventLogHistory? log =
        job.Mapping.Profile == ImportMapping.EventLog ? new EventLogHistory(job.Mapping) : null;

    private readonly SnapshotHistory snapshot = new(job.Mapping, job.UploadedAt);
    private readonly string source = job.Mapping.Source!;

    /// <param name="connection">The one that holds the import's lock: if it is lost, nothing is written.</param>
    /// <param name="tickets">The batch.</param>
    /// <param name="cursor">Where the import is; moves with the batch.</param>
    /// <param name="cancel">Cancels the batch.</param>
    public async Task<RowCounts> WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<StagedTicket> tickets, string cursor, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        foreach (var agentId in await assignees.LearnAsync(
            transaction, tickets.SelectMany(t => t.Rows).Select(r => r.Assignee).OfType<string>(), cancel))
        {
            session.Events.StartStream<AssigneeDiscovered>(agentId, new AssigneeDiscovered(agentId, source, now));
        }

        var known = await ImportMemories.LoadAsync(
            transaction, source, [.. tickets.Select(t => t.ExternalId)], cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var counts = default(RowCounts);
        var memories = new List<(string, Guid, ImportMemory)>(tickets.Count);
        foreach (var ticket in tickets)
        {
            var before = known.GetValueOrDefault(ticket.ExternalId);
            var changes = await DecideAsync(session, ticket, before, cancel);
            counts += changes.Counts;
            var ticketId = Append(session, batch, before, changes);
            if (changes.Memory is { } memory)
            {
                memories.Add((ticket.ExternalId, ticketId, memory));
            }
        }

        if (memories.Count > 0)
        {
            batch.BatchCommands.Add(ImportMemories.Save(source, memories));
        }

        batch.BatchCommands.Add(ImportCatalogue.Command("""
            update import set cursor = $3, created = created + $4, changed = changed + $5, unchanged = unchanged + $6,
                refused = refused + $7, merged = merged + $8,
                percent = least(99, $9 + (100 - $9) * (created + changed + unchanged + refused + merged)
                    / greatest(row_count, 1))
            where id = $1 and cursor = $2 and status = 'Running'
            """,
            job.Id, cursor, tickets[^1].ExternalId, counts.Created, counts.Changed, counts.Unchanged, counts.Refused,
            counts.Merged, ImportStaging.Share));
        await batch.ExecuteNonQueryAsync(cancel);
        if (batch.BatchCommands[^1].RecordsAffected != 1)
        {
            throw new InvalidOperationException($"Import {job.Id} was moved by somebody else.");
        }

        await session.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return counts;
    }

    private async Task<TicketChanges> DecideAsync(
        IDocumentSession session, StagedTicket ticket, KnownTicket? before, CancellationToken cancel)
    {
        var ordered = log is not null && job.Mapping.Sort == "at" ? EventLogHistory.Sorted(ticket.Rows) : ticket.Rows;
        (ImportRow, Guid?)[] rows = [.. ordered.Select(row => (row, assignees.Of(row.Assignee)))];

        // Merging agents is no reassignment: before and now are compared as the records that count.
        var memory = before is null ? null
            : before.Memory with { AgentId = assignees.Kept(before.Memory.AgentId) };
        var current = before is null ? null
            : before.Current with { AgentId = assignees.Kept(before.Current.AgentId) };
        if (log is not null)
        {
            return log.Decide(rows, memory, current);
        }

        var rejections = SnapshotHistory.LosesLabels(rows, memory)
            ? (await session.Events.AggregateStreamAsync<Ticket>(before!.TicketId, token: cancel))!.Rejections
            : [];
        return snapshot.Decide(rows, memory, current, rejections);
    }

    private Guid Append(IDocumentSession session, NpgsqlBatch batch, KnownTicket? before, TicketChanges changes)
    {
        var ticketId = before?.TicketId ?? Guid.CreateVersion7(now);
        if (changes.Events.Count > 0)
        {
            object[] events = [.. changes.Events];
            if (before is null)
            {
                session.Events.StartStream<Ticket>(ticketId, events);
            }
            else
            {
                session.Events.Append(ticketId, before.Current.Version + events.Length, events);
            }
        }

        foreach (var refused in changes.Refused)
        {
            batch.BatchCommands.Add(ImportCatalogue.Command(
                "insert into import_refused (import_id, line, column_name, reason, value) values ($1, $2, $3, $4, $5)",
                job.Id, refused.Line, refused.Column, refused.Reason, refused.Value));
        }

        return ticketId;
    }
}
