using System.IO.Compression;
using System.Text;

namespace Performance.SystemTests.Hostile;

/// <summary>Uploads of which nothing may come: refused at once, or an import that ends without a ticket.</summary>
internal static class ImportAttacks
{
    /// <summary>Mappings that are refused with 400 and the field.</summary>
    public static readonly IReadOnlyList<(string Mapping, string Field)> Mappings =
    [
        ("not json", "mapping"), ("[]", "mapping"), ("5", "mapping"), ("{\"profile\":\"unknown\"}", "profile"),
        ("{\"profile\":5}", "profile"), (Log("\"ticketId\":5"), "ticketId"),
        (Log("\"timeZone\":\"Mars/Base\""), "timeZone"),
        (Log("\"dateFormat\":5"), "dateFormat"), (Log("\"nullText\":\"?\""), "nullText"),
        (Log("\"terminal\":[1]"), "terminal"), (Log("\"sentBack\":\"Done\""), "sentBack"),
        (Log("\"source\":\"\""), "source"), (Log("\"sort\":\"sideways\""), "sort")
    ];

    /// <summary>Files of which no ticket comes, whatever the answer is.</summary>
    public static IEnumerable<(string Name, byte[] File)> Files()
    {
        const string Header = "id,status,at,who,type,state\n";
        yield return ("empty.csv", []);
        yield return ("header.csv", Text(Header));
        yield return ("no-header.csv", Text("1,2,3\n4,5,6\n"));
        yield return ("foreign-header.csv", Text("a,b,c\n1,2,3\n"));
        yield return ("nul.csv", Text(Header + "\0\0\0,\0,\0,\0,\0,\0\n"));
        yield return ("open-quote.csv",
            Text(Header + "\"1,Done,2025-01-01T00:00:00Z,\"who,,\n" + new string('x', 50_000)));
        yield return ("no-id.csv", Text(Header + ",Done,2025-01-01T00:00:00Z,who,,\n"));
        yield return ("no-date.csv", Text(Header + "1,Done,yesterday,who,,\n2,Done,2025-02-30,who,,\n3,Done,,who,,\n"));
        yield return ("year-10000.csv", Text(Header + "1,Done,10000-01-01T00:00:00Z,who,,\n"));
        yield return ("binary.csv", Noise(20_000));
        yield return ("noise.zip", Noise(20_000));
        yield return ("cut-off.zip", Zip(("a.csv", Text(Header + new string('x', 10_000))))[..60]);
        yield return ("two.zip", Zip(("a.csv", Text(Header)), ("b.csv", Text(Header))));
        yield return ("none.zip", Zip());
        yield return ("no-csv.zip", Zip(("readme.txt", Text("hello"))));
        yield return ("outside.zip", Zip(("../../outside.csv", Text(Header))));
        yield return ("zip-in-zip.zip", Zip(("a.zip", Zip(("a.csv", Text(Header))))));
        yield return ("long-line.csv", Text(Header + new string('x', 8_000_000)));
        yield return ("wide.csv", Text(string.Join(',', Enumerable.Range(0, 20_000)) + "\n1\n"));
        yield return ("utf16-odd.csv", [0xff, 0xfe, 0x41]);
        yield return ("surrogate.csv", [.. Text("id,status,at"), 0x0a, 0xed, 0xa0, 0x80, 0x2c, 0x2c, 0x0a]);
    }

    /// <summary>The mapping under which those files are tried.</summary>
    public static string Mapping => Log("\"title\":\"id\"");

    private static string Log(string with) =>
        "{" + string.Join(',', ((string[])
            [
                "\"profile\":\"event-log\"", "\"source\":\"hostile\"", "\"ticketId\":\"id\"", "\"status\":\"status\"",
                "\"at\":\"at\"", "\"assignee\":\"who\""
            ]).Where(member => member.Split(':')[0] != with.Split(':')[0]).Append(with)) + "}";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        return noise;
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }
}
