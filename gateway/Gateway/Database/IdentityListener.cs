using Npgsql;

namespace Performance.Gateway;

/// <summary>
/// Hears what any replica (or an operator's psql) changed in the identity database, so that an ended session or a new
/// signing key counts everywhere at once. While it cannot listen, sessions are not remembered at all.
/// </summary>
internal sealed class IdentityListener(
    IConfiguration configuration, SessionCache sessions, SigningKeys keys, ILogger<IdentityListener> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancel);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                sessions.Distrust();
                logger.LogWarning(e, "Cannot listen to the identity database; every request asks it instead");
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        // Its own connection outside the pool; the keep-alive notices a server that vanished without a word.
        // (From the configuration, as a data source does not give away its password.)
        var settings = IdentityServices.Connection(configuration);
        settings.KeepAlive = 5;
        settings.Pooling = false;
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        var newKeys = false;
        connection.Notification += (_, notice) =>
        {
            newKeys |= notice.Payload == "keys";
            sessions.Forget(notice.Payload);
        };
        await connection.OpenAsync(cancel);
        await using (var listen = new NpgsqlCommand($"listen {IdentitySchema.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        await keys.RefreshAsync(cancel);
        sessions.Trust();
        while (true)
        {
            await connection.WaitAsync(cancel);
            if (newKeys)
            {
                newKeys = false;
                await keys.RefreshAsync(cancel);
            }
        }
    }
}
