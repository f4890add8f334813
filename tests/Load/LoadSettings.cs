namespace Performance.Load;

/// <summary>What the command line asked for.</summary>
/// <param name="Rows">Names of the rows, or none for all.</param>
/// <param name="Address">A system that runs already; without one, the measurement starts its own.</param>
/// <param name="AdminPassword">The admin's password there.</param>
/// <param name="Configuration">Which build is measured.</param>
internal sealed record LoadSettings(
    IReadOnlyList<string> Rows, string? Address, string AdminPassword, string Configuration)
{
    public static LoadSettings Parse(string[] arguments)
    {
        var named = arguments.Where(a => a.StartsWith("--", StringComparison.Ordinal) && a.Contains('='))
            .Select(a => a[2..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new LoadSettings(
            arguments.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList(),
            named.GetValueOrDefault("address"),
            named.GetValueOrDefault("password", Testing.Running.RunningSystem.AdminPassword),
            named.GetValueOrDefault("configuration", "Release"));
    }

    public bool Picks(string row) => Rows.Count == 0 || Rows.Contains(row, StringComparer.OrdinalIgnoreCase);
}
