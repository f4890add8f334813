namespace Performance.Tickets.Imports;

/// <summary>
/// Profile <c>clickup</c>: a snapshot has one row for each ticket and no history, so a row is compared with the last
/// snapshot. What it shows first is dated by its last update, and a rejection never later than the ticket's terminal
/// instant in the same row (clickup.md).
/// </summary>
internal sealed class SnapshotHistory(ImportMapping mapping, DateTimeOffset importedAt)
{
    private readonly string source = mapping.Source!;
    private readonly StatusClasses classes = mapping.Classes();

    /// <param name="rows">The rows of one id, with the id of their assignee; the later update (else row)
    /// counts.</param>
    /// <param name="memory">What earlier imports left; null for a new ticket.</param>
    /// <param name="current">The ticket; null for a new one.</param>
    /// <param name="rejections">Its rejections, where labels may be gone.</param>
    public TicketChanges Decide(
        IReadOnlyList<(ImportRow Row, Guid? AgentId)> rows,
        ImportMemory? memory,
        CurrentTicket? current,
        IReadOnlyList<Rejection> rejections)
    {
        var (row, agentId) = Latest(rows);
        var merged = new RowCounts(0, 0, 0, 0, rows.Count - 1);
        if (memory?.UpdatedAt > row.At)
        {
            return new TicketChanges([], null, merged + new RowCounts(0, 0, 1, 0, 0), []);
        }

        var steps = new ImportedSteps(current);
        var labels = row.Labels ?? [];
        var statusAt = StatusAt(row);
        var isTerminal = classes.Terminal.Match(row.Status!);
        var rejectedAt = isTerminal && statusAt < Seen(row) ? statusAt : Seen(row);
        if (memory is null)
        {
            steps.Import(source, row, row.Status!, statusAt, agentId, row.CreatedAt ?? row.At ?? importedAt);
            foreach (var label in labels)
            {
                steps.Reject(label, rejectedAt);
            }
        }
        else
        {
            foreach (var gone in Without(memory.Labels, labels).GroupBy(l => l))
            {
                Remove(steps, gone.Key, gone.Count(), rejections, Seen(row));
            }

            foreach (var label in Without(labels, memory.Labels))
            {
                steps.Reject(label, rejectedAt);
            }

            Follow(steps, memory, row, agentId, statusAt);
        }

        var changed = steps.EndRow();
        var counts = memory is null ? new RowCounts(1, 0, 0, 0, 0)
            : changed ? new RowCounts(0, 1, 0, 0, 0) : new RowCounts(0, 0, 1, 0, 0);
        var now = new ImportMemory(row.Status!, agentId, [], labels, row.At ?? memory?.UpdatedAt);
        return new TicketChanges(steps.Events, Same(memory, now) ? null : now, merged + counts, []);
    }

    /// <summary>The row that counts among those of one id: the later update, else the later row.</summary>
    public static (ImportRow Row, Guid? AgentId) Latest(IReadOnlyList<(ImportRow Row, Guid? AgentId)> rows) =>
        rows.OrderBy(r => r.Row.At ?? DateTimeOffset.MinValue).ThenBy(r => r.Row.Line).Last();

    /// <summary>Whether labels of the last snapshot are gone, so that the ticket's rejections must be known.</summary>
    public static bool LosesLabels(IReadOnlyList<(ImportRow Row, Guid? AgentId)> rows, ImportMemory? memory) =>
        memory is { Labels.Count: > 0 } && Without(memory.Labels, Latest(rows).Row.Labels ?? []).Any();

    private void Follow(
        ImportedSteps steps, ImportMemory memory, ImportRow row, Guid? agentId, DateTimeOffset statusAt)
    {
        if (!StatusPatterns.Same(memory.Status, row.Status!))
        {
            steps.Change(row.Status!, statusAt);
        }

        if (agentId != memory.AgentId)
        {
            steps.Assign(agentId, Seen(row));
        }

        steps.Classify(row.Type, row.State, Seen(row));
        steps.Rename(row.Title, Seen(row));
    }

    private static void Remove(
        ImportedSteps steps, string label, int count, IReadOnlyList<Rejection> rejections, DateTimeOffset at)
    {
        foreach (var rejection in rejections
            .Where(r => !r.Removed && r.Label is not null && SameLabel(r.Label, label)).TakeLast(count))
        {
            steps.RemoveLabel(rejection.EventId, rejection.Label!, at);
        }
    }

    private DateTimeOffset Seen(ImportRow row) => row.At ?? importedAt;

    // When the ticket got the status it shows: done or closed where it is; on hold, counted back; else last updated.
    private DateTimeOffset StatusAt(ImportRow row)
    {
        if (classes.Terminal.Match(row.Status!))
        {
            var isClosed = classes.Closed.Match(row.Status!);
            return (isClosed ? row.ClosedAt ?? row.DoneAt : row.DoneAt ?? row.ClosedAt) ?? Seen(row);
        }

        if (row.HoldHours is { } hours && classes.Hold.Match(row.Status!))
        {
            var since = importedAt.AddHours(-hours);
            return row.CreatedAt > since ? row.CreatedAt.Value : since;
        }

        return row.At ?? row.CreatedAt ?? importedAt;
    }

    // The entries of one list that the other has not, repeats counted.
    private static IEnumerable<string> Without(IReadOnlyList<string> labels, IReadOnlyList<string> others)
    {
        var left = others.ToList();
        foreach (var label in labels)
        {
            var same = left.FindIndex(other => SameLabel(other, label));
            if (same >= 0)
            {
                left.RemoveAt(same);
            }
            else
            {
                yield return label;
            }
        }
    }

    private static bool SameLabel(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool Same(ImportMemory? memory, ImportMemory now) => memory is not null
        && memory.Status == now.Status && memory.AgentId == now.AgentId && memory.UpdatedAt == now.UpdatedAt
        && memory.Labels.SequenceEqual(now.Labels);
}
