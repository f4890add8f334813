using System.Globalization;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>
/// Proportional memory (shared pages divided among their users) of the .NET processes, when nothing has happened for a
/// while; beside it, resident memory.
/// </summary>
internal static class IdleMemory
{
    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var system = await context.SystemAsync();
        await Task.Delay(TimeSpan.FromSeconds(20));
        var processes = system.Processes.Where(p => p.IsDotNet && p.ProportionalBytes > 0).ToList();
        foreach (var process in processes)
        {
            Console.Error.WriteLine($"  {Gigabytes(process.ProportionalBytes)} {Name(process)}");
        }

        return processes.Count == 0
            ? ("-", "not started here")
            : ($"resident {Gigabytes(processes.Sum(p => p.ResidentBytes))}",
                $"{Gigabytes(processes.Sum(p => p.ProportionalBytes))} in {processes.Count} processes");
    }

    private static string Name(SystemProcess process) =>
        Path.GetFileName(process.CommandLine.Split(' ').First(a => a.EndsWith(".dll", StringComparison.Ordinal)));

    private static string Gigabytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB");
}
