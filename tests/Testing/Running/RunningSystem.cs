using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Performance.Testing.Running;

/// <summary>
/// The whole of Performance, started through Performance.AppHost as <c>./run</c> starts it, with a data folder and
/// ports of its own; gone, with its data, when disposed.
/// </summary>
public sealed class RunningSystem : IAsyncDisposable
{
    /// <summary>What <c>admin</c> signs in with.</summary>
    public const string AdminPassword = "an admin's own password 1";

    /// <summary>What the demo's people, and the tests', sign in with.</summary>
    public const string Password = "a password of 1 person";

    private readonly Process? host;
    private readonly string? data;
    private readonly StringWriter output = new();

    private RunningSystem(Uri address, Process? host, string? data)
    {
        this.host = host;
        this.data = data;
        Gateway = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(5)
        };
    }

    /// <summary>Everything behind one address.</summary>
    public HttpClient Gateway { get; }

    /// <summary>The process of the AppHost; none if this only attached to a system that runs elsewhere.</summary>
    public int? HostId => host?.Id;

    /// <summary>How long it took until <c>/health</c> answered 200.</summary>
    public TimeSpan UntilHealthy { get; private set; }

    /// <summary>Every process of the system.</summary>
    public IReadOnlyList<SystemProcess> Processes => host is null ? [] : SystemProcess.Descendants(host.Id);

    /// <summary>What the AppHost has written so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>A system that runs already.</summary>
    public static RunningSystem At(string address) => new(new Uri(address), null, null);

    /// <summary>Starts one, and returns when everything is healthy.</summary>
    /// <param name="configuration">Debug or Release: what was built.</param>
    /// <param name="settings">More environment variables.</param>
    /// <param name="arguments">Arguments for the AppHost.</param>
    public static async Task<RunningSystem> StartAsync(
        string configuration, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments)
    {
        var host = Path.Combine(
            TestData.Root, "Performance.AppHost", "bin", configuration, "net10.0", "Performance.AppHost.dll");
        if (!File.Exists(host))
        {
            throw new InvalidOperationException($"Performance.AppHost is not built ({configuration}).");
        }

        var data = Path.Combine(Path.GetTempPath(), $"performance-{Guid.NewGuid():n}"[..24]);
        var port = FreePort();
        // The shell stands between, so that the AppHost is told to stop even when this process is killed: its end of
        // the pipe closes.
        var start = new ProcessStartInfo("sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestData.Root
        };
        foreach (var argument in (string[])[
            "-c", "dotnet \"$@\" </dev/null & host=$!; read -r end; kill -TERM $host; wait $host", "sh", host,
            .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PERFORMANCE_DATA"] = data;
        start.Environment["PERFORMANCE_PORT"] = $"{port}";
        start.Environment["ASPNETCORE_URLS"] = $"http://localhost:{FreePort()}";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{FreePort()}";
        start.Environment["Parameters__admin_password"] = AdminPassword;
        start.Environment["Parameters__demo_password"] = Password;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        var system = new RunningSystem(new Uri($"http://127.0.0.1:{port}"), Process.Start(start)!, data);
        system.host!.OutputDataReceived += system.Write;
        system.host.ErrorDataReceived += system.Write;
        system.host.BeginOutputReadLine();
        system.host.BeginErrorReadLine();
        try
        {
            await system.HealthyAsync(TimeSpan.FromMinutes(3));
            system.UntilHealthy = watch.Elapsed;
            return system;
        }
        catch (Exception e)
        {
            await system.DisposeAsync();
            throw new InvalidOperationException($"The system did not get healthy: {e.Message}\n{system.Output}", e);
        }
    }

    /// <summary>Returns once the gateway says that everything is ready.</summary>
    public Task HealthyAsync(TimeSpan? timeout = null) => Eventually.Async(
        async () => host?.HasExited != true && (await Gateway.GetAsync("/health")).StatusCode == HttpStatusCode.OK,
        timeout ?? TimeSpan.FromMinutes(4));

    /// <summary>The process that runs a project such as <c>ScoringService</c>; null while there is none.</summary>
    public SystemProcess? ProcessOf(string project) => Processes.FirstOrDefault(
        process => process.IsDotNet && process.CommandLine.Contains($"/{project}.dll", StringComparison.Ordinal));

    /// <summary>PostgreSQL's first process.</summary>
    public SystemProcess? Postgres => Processes.FirstOrDefault(p =>
        p.CommandLine.Contains("bin/postgres", StringComparison.Ordinal)
        && p.CommandLine.Contains(" -D", StringComparison.Ordinal));

    /// <summary>RabbitMQ's virtual machine.</summary>
    public SystemProcess? RabbitMq => Processes.FirstOrDefault(p =>
        p.CommandLine.Contains("beam", StringComparison.Ordinal)
        && p.CommandLine.Contains("rabbit", StringComparison.Ordinal));

    /// <summary>Where a service listens itself, behind the gateway's back: from the gateway's own settings.</summary>
    public string AddressOf(string service) => ProcessOf("Gateway")?.Variable($"services__{service}__http__0")
        ?? throw new InvalidOperationException($"The gateway was not told where {service} is.");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        if (host is null)
        {
            return;
        }

        var processes = Processes;
        host.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await host.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            foreach (var process in processes.Where(p => p.IsAlive))
            {
                process.Kill();
            }
        }

        if (data is not null && Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.WriteLine(line.Data);
        }
    }
}
