namespace Performance.Coaching.Backups;

/// <summary>
/// A new version of a file, written beside it and on the disk, that takes its place at once: who reads sees the old one
/// or the new one, whole. Without <see cref="Publish"/> nothing has happened.
/// </summary>
internal sealed class MirrorFile : IAsyncDisposable
{
    private const string Unfinished = ".unfinished";
    private readonly string temporary;
    private readonly string target;

    private MirrorFile(string folder, string name)
    {
        target = Path.Combine(folder, name);
        temporary = $"{target}.{Guid.NewGuid():n}{Unfinished}";
    }

    /// <summary>Writes all of the new version and flushes it to the disk.</summary>
    public static async Task<MirrorFile> WriteAsync(
        string folder, string name, Func<Stream, Task> write, CancellationToken cancel)
    {
        var file = new MirrorFile(folder, name);
        try
        {
            await using var stream = new FileStream(
                file.temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
            await write(stream);
            await stream.FlushAsync(cancel);
            stream.Flush(flushToDisk: true);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Removes what a writer left that was killed.</summary>
    public static void Clean(string folder, string name)
    {
        foreach (var left in Directory.EnumerateFiles(folder, $"{name}.*{Unfinished}"))
        {
            File.Delete(left);
        }
    }

    /// <summary>Puts it in the place of the old version.</summary>
    public void Publish() => File.Move(temporary, target, overwrite: true);

    public ValueTask DisposeAsync()
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder went away: the next writer cleans up.
        }

        return ValueTask.CompletedTask;
    }
}
