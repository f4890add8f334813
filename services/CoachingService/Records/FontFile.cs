using System.Buffers.Binary;
using System.Text;

namespace Performance.Coaching.Records;

/// <summary>Puts the tables of a TrueType font together, with their directory and check sums.</summary>
internal static class FontFile
{
    private const uint Whole = 0xB1B0AFBA;

    /// <param name="tables">In the order of their names; head with a check sum of 0.</param>
    public static byte[] Write(IReadOnlyList<(string Name, byte[] Bytes)> tables)
    {
        var file = new byte[12 + (16 * tables.Count) + tables.Sum(t => Padded(t.Bytes.Length))];
        var power = 1 << (int)Math.Log2(tables.Count);
        U32(file, 0, 0x00010000);
        U16(file, 4, tables.Count);
        U16(file, 6, power * 16);
        U16(file, 8, (int)Math.Log2(power));
        U16(file, 10, (tables.Count - power) * 16);
        var (at, head) = (12 + (16 * tables.Count), 0);
        foreach (var (index, (name, bytes)) in tables.Index())
        {
            bytes.CopyTo(file, at);
            var row = 12 + (16 * index);
            Encoding.ASCII.GetBytes(name, file.AsSpan(row));
            U32(file, row + 4, Sum(file.AsSpan(at, Padded(bytes.Length))));
            U32(file, row + 8, (uint)at);
            U32(file, row + 12, (uint)bytes.Length);
            head = name == "head" ? at : head;
            at += Padded(bytes.Length);
        }

        U32(file, head + 8, unchecked(Whole - Sum(file)));
        return file;
    }

    private static uint Sum(ReadOnlySpan<byte> words)
    {
        var sum = 0u;
        for (; words.Length >= 4; words = words[4..])
        {
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(words));
        }

        return sum;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static void U16(byte[] file, int at, int value) =>
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), (ushort)value);

    private static void U32(byte[] file, int at, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), value);
}
