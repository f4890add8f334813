using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting;

/// <summary>How to start a process.</summary>
internal sealed record LaunchSpec(string Program, IReadOnlyList<string> Args, string Folder)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether only <see cref="Environment" /> and PATH count, not the host's environment.</summary>
    public bool CleanEnvironment { get; init; }

    /// <summary>User to become, or null to stay.</summary>
    public string? User { get; init; }

    /// <summary>Signal that asks it to end.</summary>
    public int StopSignal { get; init; } = Signals.Terminate;

    /// <summary>How long it may take to end before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Port on loopback that must accept connections before what needs this process starts.</summary>
    public int? ReadyPort { get; init; }

    /// <summary>Runs instead of the stop signal, for example <c>docker stop</c>.</summary>
    public IReadOnlyList<string>? StopCommand { get; init; }
}

internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static extern int Send(int process, int signal);
}

/// <summary>A running process, leader of its own session: Ctrl-C does not reach it, only the host stops it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE"];

    private readonly Process _process;
    private readonly LaunchSpec _spec;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process, LaunchSpec spec)
    {
        _process = process;
        _spec = spec;
    }

    public int Pid { get; private set; }

    /// <summary>Ends with the exit code; 128 + n after signal n.</summary>
    public Task<int> Exit => _exit.Task;

    /// <summary>Starts a process.</summary>
    /// <param name="spec">How.</param>
    /// <param name="write">Gets each line and whether it came from standard error.</param>
    public static ChildProcess Start(LaunchSpec spec, Action<string, bool> write)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = spec.Folder, UseShellExecute = false,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (spec.User is not null)
            Add(start.ArgumentList, ["setpriv", .. SystemUser.Drop(spec.User)]);
        start.ArgumentList.Add(spec.Program);
        Add(start.ArgumentList, spec.Args);
        SetEnvironment(start.Environment, spec);

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process, spec);
        process.Exited += (_, _) => child._exit.TrySetResult(process.ExitCode);
        process.OutputDataReceived += (_, e) => Forward(e.Data, false);
        process.ErrorDataReceived += (_, e) => Forward(e.Data, true);
        process.Start();
        child.Pid = process.Id;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;

        void Forward(string? line, bool isError)
        {
            if (line is not null)
                write(line, isError);
        }
    }

    /// <summary>Asks the process to end, and kills it where it does not.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> StopAsync()
    {
        if (!Exit.IsCompleted)
        {
            if (_spec.StopCommand is { } command)
                Process.Start(command[0], command.Skip(1))?.Dispose();
            else
                Signals.Send(Pid, _spec.StopSignal);
        }

        var graceful = await Task.WhenAny(Exit, Task.Delay(_spec.StopTimeout)).ConfigureAwait(false) == Exit;
        KillGroup();
        await Exit.ConfigureAwait(false);
        return graceful;
    }

    /// <summary>Kills the process and whatever it left behind in its group.</summary>
    public void KillGroup() => Signals.Send(-Pid, Signals.Kill);

    public void Dispose() => _process.Dispose();

    private static void SetEnvironment(IDictionary<string, string?> environment, LaunchSpec spec)
    {
        var dropped = spec.CleanEnvironment
            ? environment.Keys.Where(k => k is not ("PATH" or "LANG" or "TZ" or "TMPDIR"))
            : environment.Keys.Where(k => NotInherited.Contains(k) || IsHostsOwn(k));
        foreach (var name in dropped.ToList())
            environment.Remove(name);
        foreach (var (name, value) in spec.Environment)
            environment[name] = value;
    }

    /// <summary>The host's settings, its secrets among them, are nobody else's.</summary>
    private static bool IsHostsOwn(string name) =>
        name.StartsWith("ASPIRE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Aspire__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Parameters__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("AppHost__", StringComparison.OrdinalIgnoreCase);

    private static void Add(ICollection<string> list, IEnumerable<string> items)
    {
        foreach (var item in items)
            list.Add(item);
    }
}
