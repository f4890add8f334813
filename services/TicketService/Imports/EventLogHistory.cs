namespace Performance.Tickets.Imports;

/// <summary>
/// Profile <c>event-log</c>: the rows of one ticket, in order, against what is known of it. Rows that are known (the
/// same mapped values, at the same ordinal among equals) bring nothing; each other row is compared with the one before
/// it in the file, or with the last one known where the file goes on from there.
/// </summary>
internal sealed class EventLogHistory(ImportMapping mapping)
{
    private readonly string source = mapping.Source!;
    private readonly StatusPatterns terminal = mapping.Classes().Terminal;
    private readonly StatusPatterns sentBackFrom = new(mapping.SentBack?.From ?? []);
    private readonly string label = mapping.SentBack?.Label ?? "";

    /// <param name="rows">The ticket's rows in their order, each with the id of its assignee.</param>
    /// <param name="memory">What earlier imports left; null for a new ticket.</param>
    /// <param name="current">The ticket; null for a new one.</param>
    public TicketChanges Decide(
        IReadOnlyList<(ImportRow Row, Guid? AgentId)> rows, ImportMemory? memory, CurrentTicket? current)
    {
        var fingerprints = rows.Select(r => r.Row.Fingerprint()).ToArray();
        var known = Known(fingerprints, memory?.Rows ?? []);
        var lastKnown = Array.LastIndexOf(known, true);
        var steps = new ImportedSteps(current);
        var refused = new List<RefusedRow>();
        var seen = new List<long>(memory?.Rows ?? []);
        var counts = default(RowCounts);

        // The row before: unknown at the start of a file that overlaps with what is known.
        var before = memory is null || lastKnown >= 0 ? null : new Before(memory.Status, memory.AgentId);
        Before? beforeKnown = null;
        var inserted = false;
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, agentId) = rows[i];
            if (row.Status is null && before is null)
            {
                // Refused or not, it is remembered: otherwise an equal row further on would be taken for it next time.
                if (known[i])
                {
                    counts += new RowCounts(0, 0, 1, 0, 0);
                    before = i == lastKnown ? new Before(memory!.Status, memory.AgentId) : null;
                    continue;
                }

                refused.Add(new RefusedRow(row.Line, mapping.Status!, "the first row of a ticket has no status", null));
                counts += new RowCounts(0, 0, 0, 1, 0);
                seen.Add(fingerprints[i]);
                continue;
            }

            var created = !steps.Exists;
            if (created)
            {
                steps.Import(source, row, row.Status!, row.At!.Value, agentId, row.CreatedAt ?? row.At.Value);
            }
            else if (!known[i])
            {
                Follow(steps, before, row, agentId, isLatest: i > lastKnown);
            }
            else if (inserted)
            {
                Restate(steps, before, beforeKnown, row, agentId);
                if (i == rows.Count - 1)
                {
                    steps.Change(current!.Status, row.At!.Value);
                    steps.Assign(current.AgentId, row.At.Value);
                }
            }

            before = new Before(row.Status ?? before!.Status, agentId ?? before?.AgentId);
            beforeKnown = known[i] ? before : beforeKnown;
            if (!known[i])
            {
                seen.Add(fingerprints[i]);
            }

            var changed = steps.EndRow();
            inserted |= changed && !known[i] && i < lastKnown;
            counts += new RowCounts(created ? 1 : 0, !created && changed ? 1 : 0, changed ? 0 : 1, 0, 0);
        }

        var remember = seen.Count == (memory?.Rows.Count ?? 0) || before is null ? null
            : lastKnown == rows.Count - 1 ? memory! with { Rows = seen }
            : new ImportMemory(before.Status, before.AgentId, seen, [], null);
        return new TicketChanges(steps.Events, remember, counts, refused);
    }

    /// <summary>
    /// Sorts rows as <c>"sort": "at"</c> asks: by instant, order (as a number if it is one), position.
    /// </summary>
    public static IEnumerable<ImportRow> Sorted(IEnumerable<ImportRow> rows) => rows
        .OrderBy(r => r.At)
        .ThenBy(r => Number(r.Order) is null)
        .ThenBy(r => Number(r.Order))
        .ThenBy(r => r.Order, StringComparer.Ordinal)
        .ThenBy(r => r.Line);

    private void Follow(ImportedSteps steps, Before? before, ImportRow row, Guid? agentId, bool isLatest)
    {
        var at = row.At!.Value;
        if (before is not null && row.Status is { } status && !StatusPatterns.Same(before.Status, status))
        {
            if (IsSentBack(before.Status, status))
            {
                steps.Reject(Label(before.Status, status), at);
            }

            steps.Change(status, at);
        }

        if (before is not null && agentId is not null && agentId != before.AgentId)
        {
            steps.Assign(agentId, at);
        }

        if (isLatest)
        {
            steps.Classify(row.Type, row.State, at);
        }
    }

    // A known row behind rows that were not: a correction put them in between. The ticket goes back to what this row
    // says; its rejection is new only if the row that stood before it until now did not make it one.
    private void Restate(ImportedSteps steps, Before? before, Before? beforeKnown, ImportRow row, Guid? agentId)
    {
        var at = row.At!.Value;
        if (row.Status is { } status)
        {
            var wasSentBack = beforeKnown is not null && IsSentBack(beforeKnown.Status, status);
            if (before is not null && !wasSentBack && IsSentBack(before.Status, status))
            {
                steps.Reject(Label(before.Status, status), at);
            }

            steps.Change(status, at);
        }

        if (agentId is not null)
        {
            steps.Assign(agentId, at);
        }
    }

    private bool IsSentBack(string from, string to) =>
        sentBackFrom.Match(from) && !sentBackFrom.Match(to) && !terminal.Match(to);

    private string Label(string from, string to) => label
        .Replace("{from}", from.Trim(), StringComparison.OrdinalIgnoreCase)
        .Replace("{to}", to.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool[] Known(long[] fingerprints, IReadOnlyList<long> seen)
    {
        var known = new bool[fingerprints.Length];
        if (seen.Count == 0)
        {
            return known;
        }

        var left = seen.CountBy(f => f).ToDictionary();
        for (var i = 0; i < fingerprints.Length; i++)
        {
            if (left.TryGetValue(fingerprints[i], out var count) && count > 0)
            {
                left[fingerprints[i]] = count - 1;
                known[i] = true;
            }
        }

        return known;
    }

    private static decimal? Number(string? text) => decimal.TryParse(
        text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var n)
        ? n
        : null;

    private sealed record Before(string Status, Guid? AgentId);
}
