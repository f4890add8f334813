namespace Performance.Architecture;

/// <summary>The files of the repository this test assembly was built in.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotSources =
        ["bin", "obj", ".git", ".data", "node_modules", "TestResults", ".vs", ".idea", "artifacts",
            "BenchmarkDotNet.Artifacts"];

    private static readonly HashSet<string> TextFiles =
        [".cs", ".csproj", ".props", ".targets", ".md", ".razor", ".css", ".js", ".json", ".sh", ".sql", ".yml",
            ".yaml", ".sln", ".slnx", ".txt", ".editorconfig", ""];

    /// <summary>The folder of Performance.sln.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Every text file that people wrote.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = Walk(new DirectoryInfo(Root))
        .Where(file => TextFiles.Contains(file.Extension) && file.Length < 1_000_000)
        .Select(file => new SourceFile(
            Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))
        .ToList();

    /// <summary>Every C# file.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } = Files.Where(f => f.IsCSharp).ToList();

    /// <summary>Every project file.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } =
        Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Parse).ToList();

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => folder.EnumerateFiles()
        .Concat(folder.EnumerateDirectories()
            .Where(sub => !NotSources.Contains(sub.Name) && sub.LinkTarget is null)
            .SelectMany(Walk));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Performance.sln"))
            ? folder
            : FindRoot(Directory.GetParent(folder)?.FullName
                ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
