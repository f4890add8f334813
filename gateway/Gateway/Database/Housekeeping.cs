using Npgsql;

namespace Performance.Gateway;

/// <summary>Once a minute: rotate signing keys when it is time, drop what has expired.</summary>
internal sealed class Housekeeping(
    NpgsqlDataSource database, SigningKeys keys, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                await keys.RefreshAsync(cancel);
                await SweepAsync(cancel);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "Housekeeping of the identity database failed; next try in a minute");
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        await using var sweep = database.CreateCommand("""
            with dead as (delete from sessions where expires_at < $1)
            delete from wrong_passwords where last_at < $1 - interval '1 day'
            """);
        sweep.Parameters.AddWithValue(clock.GetUtcNow());
        await sweep.ExecuteNonQueryAsync(cancel);
    }
}
