using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Performance.Load;

/// <summary>A row of the table of quality.md.</summary>
/// <param name="Name">What picks it on the command line.</param>
/// <param name="What">What is measured.</param>
/// <param name="Wanted">The figure to reach.</param>
/// <param name="MeasureAsync">Measures; answers the reference of the same run (or a dash) and the figure.</param>
internal sealed record Row(
    string Name, string What, string Wanted, Func<LoadContext, Task<(string Reference, string Measured)>> MeasureAsync);

/// <summary>The one table that a run prints, as Markdown.</summary>
internal sealed class Table
{
    private readonly List<string[]> lines = [["row", "what", "same run", "measured", "wanted"]];

    public async Task MeasureAsync(Row row, LoadContext context)
    {
        Console.Error.WriteLine($"{row.Name} …");
        var watch = Stopwatch.StartNew();
        try
        {
            var (reference, measured) = await row.MeasureAsync(context);
            lines.Add([row.Name, row.What, reference, measured, row.Wanted]);
        }
        catch (Exception e)
        {
            // The other rows still stand; this one says why it does not.
            lines.Add([row.Name, row.What, "", "failed: " + e.Message.Split('\n')[0], row.Wanted]);
            Console.Error.WriteLine(e);
        }

        Console.Error.WriteLine($"{row.Name}: {lines[^1][3]} ({watch.Elapsed.TotalSeconds:0} s)");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (index, line) in lines.Index())
        {
            text.Append("| ").AppendJoin(" | ", line).Append(" |\n");
            if (index == 0)
            {
                text.Append("|").Insert(text.Length, " --- |", line.Length).Append('\n');
            }
        }

        return text.ToString();
    }
}

/// <summary>How figures are written.</summary>
internal static class Figures
{
    public static string PerSecond(double count, TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{count / time.TotalSeconds:#,0} events/s");

    public static string Milliseconds(this IReadOnlyList<double> samples) => string.Create(
        CultureInfo.InvariantCulture, $"{Percentile(samples, 0.5):0.00} / {Percentile(samples, 0.99):0.00} ms");

    public static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>Of the samples, linearly between neighbours.</summary>
    public static double Percentile(IReadOnlyList<double> samples, double share)
    {
        var sorted = samples.Order().ToList();
        var at = share * (sorted.Count - 1);
        var below = (int)at;
        return below + 1 < sorted.Count
            ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]))
            : sorted[below];
    }
}
