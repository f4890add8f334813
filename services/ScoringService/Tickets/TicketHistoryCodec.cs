using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Performance.Scoring.Tickets;

/// <summary>
/// A history's entries as bytes, some 50 a step, for the column beside the facts. Only the projection reads and writes
/// them; the events stay the truth, and a rebuild writes them anew.
/// </summary>
internal static class TicketHistoryCodec
{
    private const byte HasText = 0x40;
    private const byte HasRef = 0x80;
    private const byte KindMask = 0x3F;

    public static byte[] Encode(ImmutableArray<HistoryEntry> entries)
    {
        using var buffer = new MemoryStream(entries.Length * 48);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        foreach (var e in entries)
        {
            writer.Write((byte)((byte)e.Kind | (e.Text is null ? 0 : HasText) | (e.Ref is null ? 0 : HasRef)));
            Write(writer, e.FactId);
            writer.Write7BitEncodedInt(e.Step);
            writer.Write(e.At.UtcTicks);
            if (e.Text is not null)
            {
                writer.Write(e.Text);
            }

            if (e.Ref is { } reference)
            {
                Write(writer, reference);
            }
        }

        writer.Flush();
        return buffer.ToArray();
    }

    public static ImmutableArray<HistoryEntry> Decode(ReadOnlySpan<byte> bytes)
    {
        var entries = ImmutableArray.CreateBuilder<HistoryEntry>();
        while (!bytes.IsEmpty)
        {
            var head = Take(ref bytes, 1)[0];
            entries.Add(new HistoryEntry(
                (StepKind)(head & KindMask),
                new Guid(Take(ref bytes, 16)),
                Number(ref bytes),
                new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(Take(ref bytes, 8)), TimeSpan.Zero),
                (head & HasText) != 0 ? Encoding.UTF8.GetString(Take(ref bytes, Number(ref bytes))) : null,
                (head & HasRef) != 0 ? new Guid(Take(ref bytes, 16)) : null));
        }

        return entries.DrainToImmutable();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    /// <summary>Seven bits a byte, the lowest first: <see cref="BinaryWriter.Write7BitEncodedInt"/>.</summary>
    private static int Number(ref ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(ref bytes, 1)[0];
            number |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }

    private static void Write(BinaryWriter writer, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        writer.Write(bytes);
    }
}
