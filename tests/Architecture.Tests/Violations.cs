namespace Performance.Architecture;

internal static class Violations
{
    /// <summary>Fails with every violation on a line of its own.</summary>
    public static void ShouldBeNone(this IEnumerable<string> violations)
    {
        var all = violations.Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} violation(s):\n" + string.Join('\n', all));
    }
}
