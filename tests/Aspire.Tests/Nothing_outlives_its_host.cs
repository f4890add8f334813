using System.Diagnostics;
using System.Globalization;

namespace Performance.Hosting;

public sealed class Nothing_outlives_its_host
{
    [Fact]
    public async Task When_the_host_is_killed_the_watchdog_ends_its_processes()
    {
        using var data = new DataFolderFor();
        using var host = await StartHostAsync(data);
        var children = Recorded(data);
        Assert.Equal(2, children.Count);
        host.Kill();
        using var patience = new CancellationTokenSource(TestApp.Patience);
        foreach (var pid in children)
            await Echoes.GoneAsync(pid, patience.Token);
    }

    [Fact]
    public async Task When_the_watchdog_is_killed_too_the_next_host_does()
    {
        using var data = new DataFolderFor();
        using var host = await StartHostAsync(data);
        var children = Recorded(data);
        foreach (var watchdog in WatchdogsOf(data))
            Echoes.Kill(watchdog);
        host.Kill();
        await host.WaitForExitAsync();
        Assert.All(children, pid => Assert.True(Echoes.IsAlive(pid)));

        using var next = await StartHostAsync(data);
        Assert.DoesNotContain(children, Echoes.IsAlive);
        await TerminateAsync(next);
    }

    [Fact]
    public async Task SIGTERM_stops_everything_and_a_second_host_is_kept_out_until_then()
    {
        using var data = new DataFolderFor();
        using var host = await StartHostAsync(data);
        var children = Recorded(data);
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => TestApp.StartAsync(builder => builder.AddEcho("echo"), data));
        Assert.Contains("Another application host", refused.Message);
        await TerminateAsync(host);
        Assert.Equal(0, host.ExitCode);
        Assert.DoesNotContain(children, Echoes.IsAlive);
        Assert.Empty(Recorded(data));
    }

    private static async Task<Process> StartHostAsync(DataFolderFor data)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "EchoHost.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment =
            {
                ["Aspire__Store__Path"] = data.Path,
                ["ASPNETCORE_URLS"] = $"http://localhost:{FreePort()}",
            },
        };
        var host = Process.Start(start)!;
        var healthy = new TaskCompletionSource();
        var output = new StringWriter();
        host.OutputDataReceived += (_, line) =>
        {
            output.WriteLine(line.Data);
            if (line.Data?.Contains("All resources are healthy", StringComparison.Ordinal) == true)
                healthy.TrySetResult();
            if (line.Data is null)
                healthy.TrySetException(new InvalidOperationException($"The host ended:\n{output}"));
        };
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        await healthy.Task.WaitAsync(TestApp.Patience);
        return host;
    }

    private static async Task TerminateAsync(Process host)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{host.Id}"]);
        using var patience = new CancellationTokenSource(TestApp.Patience);
        await host.WaitForExitAsync(patience.Token);
    }

    private static List<int> Recorded(DataFolderFor data) =>
    [
        .. File.ReadLines(Path.Combine(data.Path, "run", "processes"))
            .Select(l => int.Parse(l.Split(' ')[0], CultureInfo.InvariantCulture)),
    ];

    private static IEnumerable<int> WatchdogsOf(DataFolderFor data) => Directory.GetDirectories("/proc")
        .Where(p => int.TryParse(Path.GetFileName(p), out _) && CommandLine(p) is ['s', 'h', ..] line
            && line.Contains("watchdog", StringComparison.Ordinal)
            && line.Contains(data.Path, StringComparison.Ordinal))
        .Select(p => int.Parse(Path.GetFileName(p), CultureInfo.InvariantCulture));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
