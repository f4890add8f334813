using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Knows every child process, on disk too, so that none outlives the host for long.</summary>
/// <remarks>
/// A line per process: pid, start time, signal. When the host ends without stopping its children (kill -9), a
/// watchdog, a shell that reads a pipe from the host, sees the pipe close and ends them. Should the watchdog be gone
/// as well, the next host on the same data folder ends them before it starts anything.
/// </remarks>
internal sealed class ProcessRegistry(DataFolder folder, ILogger<ProcessRegistry> logger) : IDisposable
{
    // $1: the file. A pid counts only with the same start time (field 22 of stat), lest a reused pid be killed.
    private const string Watchdog = """
        trap '' INT TERM HUP
        cat >/dev/null
        same() {
          s=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
          set -- "$1" "$2" ${s##*) }
          [ "${22}" = "$2" ]
        }
        while read -r pid start signal; do same "$pid" "$start" && kill "-$signal" "$pid"; done <"$1"
        for i in 1 2 3 4 5 6 7 8 9 10; do
          left=
          while read -r pid start signal; do same "$pid" "$start" && left=1; done <"$1"
          [ -z "$left" ] && break
          sleep 1
        done
        while read -r pid start signal; do same "$pid" "$start" && kill -9 "-$pid"; done <"$1"
        """;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, string> _lines = [];
    private Process? _watchdog;

    private string FilePath => Path.Combine(folder.Folder("run"), "processes");

    /// <summary>Ends what an earlier host left, then watches over this one.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var stale = Alive().ToList();
        foreach (var (pid, signal) in stale)
        {
            logger.LogWarning("Ending process {Pid} that an earlier run left behind.", pid);
            Signals.Send(pid, signal);
        }

        for (var i = 0; i < 100 && Alive().Any(); i++)
            await Task.Delay(100, cancellationToken).ConfigureAwait(false);
        foreach (var (pid, _) in Alive())
            Signals.Send(-pid, Signals.Kill);
        File.WriteAllText(FilePath, "");
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Watchdog, "watchdog", FilePath])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        _watchdog = Process.Start(start);
    }

    public void Add(int pid, int signal)
    {
        lock (_gate)
        {
            _lines[pid] = $"{pid} {StartTime(pid)} {signal}";
            Save();
        }
    }

    public void Remove(int pid)
    {
        lock (_gate)
        {
            if (_lines.Remove(pid))
                Save();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _watchdog?.StandardInput.Close();
        _watchdog?.Dispose();
        _watchdog = null;
    }

    /// <summary>When a process started, in clock ticks since boot; 0 if there is none.</summary>
    internal static long StartTime(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? 0 : long.Parse(fields[19], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private IEnumerable<(int Pid, int Signal)> Alive()
    {
        if (!File.Exists(FilePath))
            yield break;
        foreach (var line in File.ReadAllLines(FilePath))
        {
            var fields = line.Split(' ');
            if (fields.Length == 3 && int.TryParse(fields[0], out var pid) && long.TryParse(fields[1], out var start)
                && int.TryParse(fields[2], out var signal) && start != 0 && StartTime(pid) == start)
                yield return (pid, signal);
        }
    }

    private void Save()
    {
        var next = FilePath + ".new";
        File.WriteAllLines(next, _lines.Values);
        File.Move(next, FilePath, overwrite: true);
    }
}
