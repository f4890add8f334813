using System.Data;
using Npgsql;

namespace Performance.Coaching.Backups;

/// <summary>
/// Keeps the document in the shared folder: after every change, a second after the last one, at the latest five seconds
/// after the first. One replica writes, the one that has the lock; the connection that holds it also reads what is
/// written, so that who has lost the lock cannot get as far as putting the file in place (ADR 104).
/// </summary>
internal sealed class MirrorWorker(
    NpgsqlDataSource database, MirrorSettings settings, TimeProvider clock, ILogger<MirrorWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Texts can be erased without an event: the file is made anew so often whatever happened.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Folder is { } folder && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                if (await LockAsync(connection, stoppingToken))
                {
                    try
                    {
                        await WriteChangesAsync(folder, connection, stoppingToken);
                    }
                    finally
                    {
                        await UnlockAsync(connection);
                    }
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "The mirror of the portal's data lost its database; tried again");
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task WriteChangesAsync(string folder, NpgsqlConnection connection, CancellationToken cancel)
    {
        logger.LogInformation("This replica writes the mirror of the portal's data");
        var (seen, seenAt, behindSince) = (default(MirrorMark), DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        var behind = false;
        using var timer = new PeriodicTimer(Look, clock);
        do
        {
            var status = await MirrorState.ReadAsync(connection, cancel);
            var now = clock.GetUtcNow();
            if (IsDone(folder, status, now))
            {
                behind = false;
                continue;
            }

            (behindSince, behind) = (behind ? behindSince : now, true);
            (seen, seenAt) = seen == status.Now ? (seen, seenAt) : (status.Now, now);
            if (now - seenAt < Quiet && now - behindSince < Longest)
            {
                continue;
            }

            if (await TryWriteAsync(folder, connection, status.Error, cancel))
            {
                behind = false;
            }
            else
            {
                await Task.Delay(Pause, clock, cancel);
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    private static bool IsDone(string folder, MirrorStatus status, DateTimeOffset now) =>
        status.Written == status.Now && status.Folder == folder && status.Error is null
        && now - status.WrittenAt < Renewal && File.Exists(Path.Combine(folder, MirrorSettings.FileName));

    private async Task<bool> TryWriteAsync(
        string folder, NpgsqlConnection connection, string? errorBefore, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        try
        {
            MirrorFile.Clean(folder, MirrorSettings.FileName);
            await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var mark = (await MirrorState.ReadAsync(connection, cancel)).Now;
            await using var file = await MirrorFile.WriteAsync(
                folder, MirrorSettings.FileName,
                stream => BackupDocument.WriteAsync(stream, connection, now, cancel), cancel);
            // Fails if the connection is gone, and with it the lock: then somebody else writes.
            await moment.CommitAsync(cancel);
            file.Publish();
            await MirrorState.WrittenAsync(connection, folder, mark, now, cancel);
            return true;
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not NpgsqlException)
        {
            var error = Words(e);
            if (error != errorBefore)
            {
                logger.LogWarning(e, "The mirror of the portal's data cannot be written; tried again");
                await MirrorState.FailedAsync(connection, error, cancel);
            }

            return false;
        }
    }

    /// <summary>For people, and without where the folder lies.</summary>
    private static string Words(Exception e) => e switch
    {
        DirectoryNotFoundException => "The folder is not there.",
        UnauthorizedAccessException => "The folder cannot be written to.",
        _ => "The file could not be written."
    };

    // The pool would keep the connection, and the lock with it, until somebody needs one.
    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select pg_advisory_unlock(hashtext('backup_mirror'))", connection);
        await command.ExecuteScalarAsync(CancellationToken.None);
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select pg_try_advisory_lock(hashtext('backup_mirror'))", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
