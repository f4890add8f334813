using System.Buffers.Binary;

namespace Performance.Tickets.Imports;

/// <summary>
/// What imports remember of a ticket beside its events: which rows they have seen, and how the last one left it. A
/// later file is compared with this, not with what people did to the ticket in between.
/// </summary>
/// <param name="Status">Status in the last row.</param>
/// <param name="AgentId">Assignee in the last row.</param>
/// <param name="Rows">Event log: fingerprints of the rows seen, repeats included.</param>
/// <param name="Labels">Snapshot: the rejection labels that it showed, repeats included.</param>
/// <param name="UpdatedAt">Snapshot: its last update, so that an older export changes nothing.</param>
internal sealed record ImportMemory(
    string Status,
    Guid? AgentId,
    IReadOnlyList<long> Rows,
    IReadOnlyList<string> Labels,
    DateTimeOffset? UpdatedAt)
{
    /// <summary>The fingerprints as they are stored.</summary>
    public byte[] PackRows()
    {
        var bytes = new byte[Rows.Count * sizeof(long)];
        for (var i = 0; i < Rows.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), Rows[i]);
        }

        return bytes;
    }

    public static long[] UnpackRows(ReadOnlySpan<byte> bytes)
    {
        var rows = new long[bytes.Length / sizeof(long)];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        }

        return rows;
    }
}

/// <summary>
/// A ticket as it is before a batch: what the list's row says, kept in the transaction of the events.
/// </summary>
internal sealed record CurrentTicket(
    long Version, int Step, string Status, Guid? AgentId, string? Type, string? State, string? Title);

/// <summary>What the rows of one ticket bring.</summary>
/// <param name="Events">In order.</param>
/// <param name="Memory">What to remember; null where nothing changed in it.</param>
/// <param name="Counts">What became of the rows.</param>
/// <param name="Refused">Rows that could only be refused here.</param>
internal sealed record TicketChanges(
    IReadOnlyList<object> Events, ImportMemory? Memory, RowCounts Counts, IReadOnlyList<RefusedRow> Refused);

/// <summary>What became of rows; <c>Rows</c> is the sum.</summary>
internal readonly record struct RowCounts(int Created, int Changed, int Unchanged, int Refused, int Merged)
{
    public int Rows => Created + Changed + Unchanged + Refused + Merged;

    public static RowCounts operator +(RowCounts one, RowCounts other) => new(
        one.Created + other.Created, one.Changed + other.Changed, one.Unchanged + other.Unchanged,
        one.Refused + other.Refused, one.Merged + other.Merged);
}
