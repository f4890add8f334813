using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Performance.Testing.Running;

/// <summary>A process of a running system, as Linux shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CommandLine">Its arguments, by spaces.</param>
public sealed record SystemProcess(int Id, string CommandLine)
{
    /// <summary>Resident memory, shared pages divided among their users; 0 once it is gone.</summary>
    public long ProportionalBytes => Kilobytes("smaps_rollup", "Pss:") * 1024;

    /// <summary>Resident memory, shared pages counted in full; 0 once it is gone.</summary>
    public long ResidentBytes => Kilobytes("status", "VmRSS:") * 1024;

    /// <summary>True for a .NET program.</summary>
    public bool IsDotNet => CommandLine.StartsWith("dotnet ", StringComparison.Ordinal)
        || CommandLine.Contains("/dotnet ", StringComparison.Ordinal)
        || CommandLine.Contains(".dll", StringComparison.Ordinal);

    /// <summary>True until it has ended.</summary>
    public bool IsAlive => Directory.Exists($"/proc/{Id}") && !Text("stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>Every process below this one.</summary>
    public static IReadOnlyList<SystemProcess> Descendants(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(ParentOf);
        var found = new List<SystemProcess>();
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(new SystemProcess(child, Read($"/proc/{child}/cmdline").Replace('\0', ' ').Trim()));
                open.Enqueue(child);
            }
        }

        return found;
    }

    /// <summary>A variable of its environment, or null.</summary>
    public string? Variable(string name) => Text("environ").Split('\0')
        .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(pair => pair[(name.Length + 1)..]).FirstOrDefault();

    /// <summary>kill -9, without warning.</summary>
    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(Id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }

    private static int ParentOf(int id)
    {
        var stat = Read($"/proc/{id}/stat");
        var end = stat.LastIndexOf(')');
        return end < 0 ? -1 : int.Parse(stat[(end + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private long Kilobytes(string file, string key) => Text(file).Split('\n')
        .Where(line => line.StartsWith(key, StringComparison.Ordinal))
        .Select(line => long.Parse(line[key.Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private string Text(string file) => Read($"/proc/{Id}/{file}");

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
