using System.Globalization;

namespace Performance.Demo;

/// <summary>Chance that falls the same way in every run, so that loading the demo twice changes nothing.</summary>
internal static class Chance
{
    public static Random Of(params ReadOnlySpan<object> about)
    {
        // FNV-1a: the framework's own hash of a string differs from process to process.
        var hash = 2166136261u;
        foreach (var part in about)
        {
            foreach (var letter in Convert.ToString(part, CultureInfo.InvariantCulture) + "|")
            {
                hash = (hash ^ letter) * 16777619u;
            }
        }

        return new Random((int)(hash & int.MaxValue));
    }

    /// <summary>An id that follows from what it is of.</summary>
    public static Guid Id(params ReadOnlySpan<object> of)
    {
        var bytes = new byte[16];
        Of(of).NextBytes(bytes);
        return new Guid(bytes);
    }

    public static T Pick<T>(this Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    public static bool Happens(this Random random, double probability) => random.NextDouble() < probability;
}
