namespace Performance.Portal;

/// <summary>
/// A test in the browser: begins with a gateway in good health, closes its pages, and was shown nothing that no service
/// answers.
/// </summary>
[Collection(BrowserTests.Name)]
public abstract class PortalTest(PortalHost host) : IClassFixture<PortalHost>, IAsyncLifetime
{
    protected PortalHost Host => host;

    public Task InitializeAsync()
    {
        host.Gateway.Failing.Clear();
        host.Gateway.Waiting.Clear();
        host.Gateway.Calls.Clear();
        host.Gateway.Inventions.Forget();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await host.ClosePagesAsync();
        Assert.Empty(host.Gateway.Inventions.Found);
    }
}
