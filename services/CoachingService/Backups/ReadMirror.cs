using Performance.ServiceDefaults.Identity;

namespace Performance.Coaching.Backups;

/// <summary><c>GET backup/mirror</c>: whether the shared folder has everything, and if not, why.</summary>
internal static class ReadMirror
{
    /// <param name="Enabled">Whether a folder is set.</param>
    /// <param name="Folder">Its name, without where it lies.</param>
    /// <param name="LastWrittenAt">When the file there was written last.</param>
    /// <param name="Behind">Whether something has changed since.</param>
    /// <param name="Error">Why it cannot be written; null: it can.</param>
    internal sealed record View(
        bool Enabled, string? Folder, DateTimeOffset? LastWrittenAt, bool Behind, string? Error);

    public static void Map(RouteGroupBuilder group) => group
        .MapGet("/backup/mirror", async (MirrorSettings settings, MirrorState state, CancellationToken cancel) =>
            Results.Ok(settings.Folder is null
                ? new View(false, null, null, false, null)
                : Show(settings, await state.ReadAsync(cancel))))
        .RequireAuthorization(Policies.Administration)
        .Produces<View>();

    private static View Show(MirrorSettings settings, MirrorStatus status)
    {
        var here = status.Folder == settings.Folder;
        return new View(
            true, settings.FolderName, here ? status.WrittenAt : null, !here || status.Written != status.Now,
            status.Error);
    }
}
