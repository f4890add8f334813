using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Performance.Tickets.Imports;

/// <summary>A row of a file as the mapping understands it; what is staged.</summary>
/// <param name="Line">The line of the file it begins on, from 1.</param>
/// <param name="ExternalId">The ticket's id at the source.</param>
/// <param name="At">Event log: when it happened. Snapshot: the last update, or null.</param>
/// <param name="CreatedAt">The ticket's creation, where a column says.</param>
/// <param name="Status">The status, or null.</param>
/// <param name="Assignee">The owner's name at the source, or null.</param>
/// <param name="Type">Transaction type.</param>
/// <param name="State">State (region).</param>
/// <param name="Title">Title.</param>
/// <param name="Order">Event log: what orders rows of one instant.</param>
/// <param name="DoneAt">Snapshot: when it was done.</param>
/// <param name="ClosedAt">Snapshot: when it was closed.</param>
/// <param name="HoldHours">Snapshot: for how many hours it has had its status.</param>
/// <param name="Labels">Snapshot: its rejection labels; null in an event log.</param>
internal sealed record ImportRow(
    int Line,
    string ExternalId,
    DateTimeOffset? At,
    DateTimeOffset? CreatedAt,
    string? Status,
    string? Assignee,
    string? Type,
    string? State,
    string? Title,
    string? Order = null,
    DateTimeOffset? DoneAt = null,
    DateTimeOffset? ClosedAt = null,
    double? HoldHours = null,
    IReadOnlyList<string>? Labels = null)
{
    // Room for two instants and six texts; a longer text stands there by its hash.
    private const int Room = (2 * sizeof(long)) + (6 * (sizeof(int) + LongestText));
    private const int LongestText = 120;

    /// <summary>
    /// Tells the rows of one ticket in an event log apart: the same for the same mapped values, whatever the line.
    /// 64 bits of SHA-256 are plenty among the rows of one ticket.
    /// </summary>
    public long Fingerprint()
    {
        Span<byte> buffer = stackalloc byte[Room];
        var length = Write(buffer, At);
        length += Write(buffer[length..], CreatedAt);
        foreach (var text in (ReadOnlySpan<string?>)[Status, Assignee, Type, State, Title, Order])
        {
            length += Write(buffer[length..], text);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private static int Write(Span<byte> buffer, DateTimeOffset? instant)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer, instant?.UtcTicks ?? -1);
        return sizeof(long);
    }

    private static int Write(Span<byte> buffer, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32LittleEndian(buffer, length);
        return sizeof(int) + length switch
        {
            <= 0 => 0,
            > LongestText => SHA256.HashData(Encoding.UTF8.GetBytes(text!), buffer[sizeof(int)..]),
            _ => Encoding.UTF8.GetBytes(text, buffer[sizeof(int)..])
        };
    }
}

/// <summary>A row that cannot go in, and why; shown to people and offered as a file.</summary>
internal sealed record RefusedRow(int Line, string Column, string Reason, string? Value);
