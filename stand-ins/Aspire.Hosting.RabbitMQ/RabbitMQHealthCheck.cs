using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>Healthy while the server lets us in and opens channels. The connection is kept between checks.</summary>
internal sealed class RabbitMQHealthCheck(RabbitMQServerResource server) : IHealthCheck
{
    private IConnection? _connection;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _connection ??= await ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (_connection is { } broken)
                await broken.DisposeAsync().ConfigureAwait(false);
            _connection = null;
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var uri = await server.ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false);
        var factory = new ConnectionFactory
        {
            Uri = new Uri(uri!), AutomaticRecoveryEnabled = false, ClientProvidedName = "health check of the host",
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        };
        return await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
    }
}
