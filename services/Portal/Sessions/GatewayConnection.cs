namespace Performance.Portal.Sessions;

/// <summary>The connections to the gateway, shared by every circuit; each circuit has its own client over
/// them.</summary>
public sealed class GatewayConnection(Uri address) : IDisposable
{
    private readonly SocketsHttpHandler _handler = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All
    };

    /// <summary>A client that sends the session's token. Disposing it leaves the connections open.</summary>
    public HttpClient ClientFor(PortalSession session) =>
        new(new TokenHandler(session, _handler), disposeHandler: false)
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(30)
        };

    /// <summary>The same without a limit in time, for the live stream.</summary>
    public HttpClient StreamFor(PortalSession session)
    {
        var client = ClientFor(session);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    public void Dispose() => _handler.Dispose();

    private sealed class TokenHandler(PortalSession session, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancel)
        {
            if (await session.TokenAsync(cancel) is { } token)
            {
                request.Headers.Authorization = new("Bearer", token);
            }

            return await base.SendAsync(request, cancel);
        }
    }
}
