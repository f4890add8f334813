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

    public static byte[] Encode(IReadOnlyList<HistoryEntry> entries)
    {
        using var buffer = new MemoryStream(entries.Count * 48);
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

    public static ImmutableList<HistoryEntry> Decode(byte[] bytes)
    {
        var entries = ImmutableList.CreateBuilder<HistoryEntry>();
        using var buffer = new MemoryStream(bytes, writable: false);
        using var reader = new BinaryReader(buffer, Encoding.UTF8);
        while (buffer.Position < buffer.Length)
        {
            var head = reader.ReadByte();
            entries.Add(new HistoryEntry(
                (StepKind)(head & KindMask),
                ReadGuid(reader),
                reader.Read7BitEncodedInt(),
                new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
                (head & HasText) != 0 ? reader.ReadString() : null,
                (head & HasRef) != 0 ? ReadGuid(reader) : null));
        }

        return entries.ToImmutable();
    }

    private static void Write(BinaryWriter writer, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        writer.Write(bytes);
    }

    private static Guid ReadGuid(BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[16];
        reader.BaseStream.ReadExactly(bytes);
        return new Guid(bytes);
    }
}
