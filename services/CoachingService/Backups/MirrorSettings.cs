namespace Performance.Coaching.Backups;

/// <summary>Setting <c>Backup:SharedFolder</c>: where the document is kept for others; null: nowhere.</summary>
internal sealed record MirrorSettings(string? Folder)
{
    /// <summary>The name that the supervisors' shared drive has known since the portal was one file.</summary>
    public const string FileName = "tt-portal-data.json";

    /// <summary>The folder's own name: where it lies on the server is nobody's business.</summary>
    public string? FolderName => Folder is null ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    public static MirrorSettings From(IConfiguration configuration) =>
        new(configuration["Backup:SharedFolder"] is { Length: > 0 } folder ? Path.GetFullPath(folder) : null);
}
