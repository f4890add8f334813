using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Performance.Hosting;

/// <summary>An application that a test describes, started; stopped when disposed.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly DataFolderFor? _ownData;

    private TestApp(DistributedApplication application, DataFolderFor? ownData)
    {
        Application = application;
        _ownData = ownData;
    }

    public DistributedApplication Application { get; }

    public ResourceNotificationService States => Application.ResourceNotifications;

    /// <summary>Cancelled when a test has waited long enough.</summary>
    public CancellationToken Stop => _patience.Token;

    public static string EchoProject =>
        Path.GetFullPath(Path.Combine(EchoHostFolder, "..", "EchoService", "EchoService.csproj"));

    public static string EchoHostFolder => Projects.EchoHost.ProjectPath;

    public static async Task<TestApp> StartAsync(
        Action<IDistributedApplicationTestingBuilder> describe, DataFolderFor? data = null,
        Dictionary<string, string?>? settings = null, bool dashboard = false)
    {
        var own = data is null ? new DataFolderFor() : null;
        var builder = DistributedApplicationTestingBuilder.Create([], (options, host) =>
        {
            options.DisableDashboard = !dashboard;
            options.EnableResourceLogging = false;
            host.Configuration ??= new ConfigurationManager();
            host.Configuration.AddInMemoryCollection(settings ?? []);
            host.Configuration.AddInMemoryCollection([new("Aspire:Store:Path", (data ?? own)!.Path)]);
        });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        describe(builder);
        var app = new TestApp(await builder.BuildAsync(), own);
        await app.Application.StartAsync(app.Stop);
        return app;
    }

    public Task HealthyAsync(string resource) => States.WaitForResourceHealthyAsync(resource, Stop);

    public HttpClient ClientOf(string resource) => Application.CreateHttpClient(resource);

    public async Task<Dictionary<string, string>> EnvironmentOfAsync(string resource)
    {
        await HealthyAsync(resource);
        return (await ClientOf(resource).GetFromJsonAsync<Dictionary<string, string>>("/environment", Stop))!;
    }

    public async Task<int> PidOfAsync(string resource)
    {
        await HealthyAsync(resource);
        return int.Parse(await ClientOf(resource).GetStringAsync("/pid", Stop), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a process of the resource runs under another pid, and everything is well.</summary>
    public Task<ResourceEvent> ReplacedAsync(string resource, int pid) => States.WaitForResourceAsync(
        resource, e => Pid(e) is { } other && other != pid && e.Snapshot.HealthStatus ==
            Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, Stop);

    public static int? Pid(ResourceEvent state) =>
        state.Snapshot.Properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value as int?;

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        _ownData?.Dispose();
        _patience.Dispose();
    }
}

/// <summary>A data folder that servers' users can pass into; gone when disposed.</summary>
internal sealed class DataFolderFor : IDisposable
{
    public DataFolderFor()
    {
        Path = Directory.CreateTempSubdirectory("aspire-tests-").FullName;
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path)
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
