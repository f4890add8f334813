using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Postgres;

/// <summary>A PostgreSQL server from the system's packages, on loopback, with its data below the data folder.</summary>
internal sealed class LocalPostgres(PostgresServerResource server)
{
    public async Task<LocalServerPlan> PrepareAsync(LocalServerContext context, CancellationToken cancellationToken)
    {
        var user = SystemUser.IsRoot ? "postgres" : null;
        var folder = context.Folder.ServerFolder(server.Name, user);
        var data = Path.Combine(folder, "data");
        var programs = Programs(data);
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
            await InitialiseAsync(programs, folder, data, user, context, cancellationToken).ConfigureAwait(false);
        await EndLeftoversAsync(data, cancellationToken).ConfigureAwait(false);

        var port = server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        string[] args =
        [
            "-D", data, "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}", "-c", "unix_socket_directories=",
            .. context.Args,
        ];
        return new LocalServerPlan(new LaunchSpec(Path.Combine(programs, "postgres"), args, "/")
        {
            CleanEnvironment = true, User = user,

            // Fast shutdown: transactions are rolled back, the data is checkpointed.
            StopSignal = Signals.Interrupt, StopTimeout = TimeSpan.FromSeconds(60),
        }, []);
    }

    private async Task InitialiseAsync(
        string programs, string folder, string data, string? user, LocalServerContext context,
        CancellationToken cancellationToken)
    {
        context.Write($"Making a database cluster in {data}", false);

        // A folder without PG_VERSION is what an interrupted initdb leaves.
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
        var passwordFile = Path.Combine(folder, "password");
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(passwordFile, options))
            await writer.WriteAsync(await server.PasswordParameter.GetValueAsync(cancellationToken)
                .ConfigureAwait(false)).ConfigureAwait(false);
        if (user is not null)
            SystemUser.Own(user, passwordFile);
        var superuser = await server.UserNameReference.GetValueAsync(cancellationToken).ConfigureAwait(false);
        var initdb = ChildProcess.Start(new LaunchSpec(Path.Combine(programs, "initdb"),
        [
            "-D", data, "-U", superuser!, $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-instructions",
        ], "/") { CleanEnvironment = true, User = user }, context.Write);
        var code = await initdb.Exit.WaitAsync(cancellationToken).ConfigureAwait(false);
        File.Delete(passwordFile);
        if (code != 0)
            throw new DistributedApplicationException($"initdb ended with exit code {code}: see the console log.");
    }

    /// <summary>
    /// After kill -9 of the server its sessions may go on for a while, and no new server may start meanwhile. No
    /// other server can have this folder (the data folder is locked), so they are ended.
    /// </summary>
    private static async Task EndLeftoversAsync(string data, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 50; i++)
        {
            var left = Directory.GetDirectories("/proc").Where(p => IsWorkingIn(p, data)).ToList();
            if (left.Count == 0)
                break;
            foreach (var process in left)
                Signals.Send(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), Signals.Kill);
            await Task.Delay(100, cancellationToken).ConfigureAwait(false);
        }

        // Its pid may belong to some other process by now, after a reboot; PostgreSQL would not start then.
        File.Delete(Path.Combine(data, "postmaster.pid"));
    }

    private static bool IsWorkingIn(string process, string data)
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _)
                && File.ResolveLinkTarget(Path.Combine(process, "cwd"), false)?.FullName == data;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Programs(string data)
    {
        var version = Path.Combine(data, "PG_VERSION");
        var wanted = File.Exists(version) ? File.ReadAllText(version).Trim() : null;
        const string Debian = "/usr/lib/postgresql";
        var found = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Directory.Exists);
        var all = found.OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0)
            .Select(d => Path.Combine(d, "bin")).Concat(onPath)
            .Where(b => File.Exists(Path.Combine(b, "postgres"))).ToList();
        return all.FirstOrDefault(b => wanted is null || b.Contains($"/{wanted}/", StringComparison.Ordinal))
            ?? all.FirstOrDefault() ?? throw new DistributedApplicationException(
                "Neither a container engine nor PostgreSQL was found. On Debian: apt-get install postgresql");
    }
}
