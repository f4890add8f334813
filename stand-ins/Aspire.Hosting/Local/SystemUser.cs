using System.Diagnostics;

namespace Aspire.Hosting;

/// <summary>Users of this machine that servers run as.</summary>
internal static class SystemUser
{
    /// <summary>Whether this process is root, so that servers must not run as the same user.</summary>
    public static bool IsRoot { get; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();

    public static bool Exists(string user) => Succeeds("id", "-u", user);

    /// <summary>Whether a user can pass into a folder.</summary>
    public static bool CanReach(string user, string folder) =>
        Succeeds("setpriv", [.. Drop(user), "test", "-x", folder]);

    /// <summary>Gives a folder to a user.</summary>
    public static void Own(string user, string folder)
    {
        if (!Succeeds("chown", "-R", $"{user}:", folder))
            throw new DistributedApplicationException($"Could not give '{folder}' to user '{user}'.");
    }

    /// <summary>Arguments of setpriv that give up root for a user.</summary>
    public static string[] Drop(string user) =>
        [$"--reuid={user}", $"--regid={user}", "--init-groups", "--inh-caps=-all", "--"];

    private static bool Succeeds(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
