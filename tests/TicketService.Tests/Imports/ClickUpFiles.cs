namespace Performance.Tickets.Imports;

/// <summary>Small exports with the quirks of clickup.md.</summary>
internal static class ClickUpFiles
{
    public static string View { get; } = Read("clickup-view.csv");

    public static string Workspace { get; } = Read("clickup-workspace.csv");

    private static string Read(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Imports", "Files", name));
}
