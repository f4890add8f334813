namespace Performance.Tickets.Imports;

/// <summary>Small exports with the quirks of clickup.md.</summary>
internal static class ClickUpFiles
{
    public static string View { get; } = Read("clickup-view.csv");

    public static string Workspace { get; } = Read("clickup-workspace.csv");

    /// <summary>The view's export of one week, and of the week after it.</summary>
    public static byte[] FirstWeek { get; } = Bytes("clickup-view-weekly-1.csv");

    public static byte[] SecondWeek { get; } = Bytes("clickup-view-weekly-2.csv");

    private static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Imports", "Files", name));

    private static string Read(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Imports", "Files", name));
}
