using System.IO.Compression;
using System.Text;

namespace Performance.Tickets.Imports;

public sealed class Encodings_are_detected
{
    private const string Sample = "id,name\n1,Zoë Müller\n";

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Sample), "Zoë Müller" },
        { "UTF-8", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sample)], "Zoë Müller" },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Sample)], "Zoë Müller" },
        { "UTF-16 (big endian)", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Sample)], "Zoë Müller" },
        { "Windows-1252", Encoding.Latin1.GetBytes(Sample), "Zoë Müller" },
        { "Windows-1252", [.. Encoding.ASCII.GetBytes("id,name\n1,"), 0x80, 0x20, 0x93, 0x41, 0x94], "€ “A”" }
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task By_the_whole_file(string encoding, byte[] bytes, string name)
    {
        using var text = await Read.TextAsync(bytes);
        using var table = await CsvTable.OpenAsync(text.Reader, default);
        Assert.True(await table.ReadAsync(default));
        Assert.Equal(encoding, TextEncoding.NameOf(text.Encoding));
        Assert.Equal(["id", "name"], table.Headers);
        Assert.Equal(name, table[1]);
    }

    [Fact]
    public async Task A_stray_byte_at_the_end_of_a_long_file_decides()
    {
        var ascii = Encoding.ASCII.GetBytes("id,name\n" + string.Concat(Enumerable.Repeat("1,plain text\n", 60_000)));
        using var plain = await Read.TextAsync(ascii);
        Assert.Equal("UTF-8", TextEncoding.NameOf(plain.Encoding));
        using var stray = await Read.TextAsync([.. ascii, 0xE9]);
        Assert.Equal("Windows-1252", TextEncoding.NameOf(stray.Encoding));
    }

    [Fact]
    public async Task Sequences_across_the_reads_of_a_file_are_whole()
    {
        // An odd first byte shifts every two-byte letter across each even boundary of the reads.
        using var text = await Read.TextAsync(Encoding.UTF8.GetBytes("x" + new string('é', 400_000) + "漢😀"));
        Assert.Equal("UTF-8", TextEncoding.NameOf(text.Encoding));
    }

    [Fact]
    public async Task A_zip_is_unpacked()
    {
        using var text = await Read.TextAsync(Zip(("__MACOSX/x", "junk"), ("log/a.csv", Sample)));
        Assert.Equal(Sample, await text.Reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_zip_with_two_files_is_refused() => await RefusedAsync(Zip(("a.csv", "x"), ("b.csv", "y")));

    [Fact]
    public async Task A_zip_without_a_file_is_refused() => await RefusedAsync(Zip());

    [Fact]
    public async Task A_damaged_zip_is_refused()
    {
        var zip = Zip(("a.csv", string.Concat(Enumerable.Range(0, 5000))));
        await RefusedAsync(zip[..(zip.Length / 2)]);
        zip.AsSpan(60, 400).Reverse();
        await RefusedAsync(zip);
    }

    [Fact]
    public async Task A_zip_that_is_made_to_fill_the_disk_is_refused() =>
        await RefusedAsync(Zip(("a.csv", new string('0', 64 * 1024 * 1024))));

    private static async Task RefusedAsync(byte[] bytes) =>
        Assert.Equal("file", (await Assert.ThrowsAsync<ImportFailedException>(() => Read.TextAsync(bytes))).Field);

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }
}
