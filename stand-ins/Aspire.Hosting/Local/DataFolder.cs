using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The one folder that outlives a run: secrets, ports, logs, the data of local servers.</summary>
/// <remarks>
/// At configuration key <c>Aspire:Store:Path</c> (environment <c>Aspire__Store__Path</c>), as in the real host;
/// default <c>.data</c> beside the host's project.
/// </remarks>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly Lock SecretsGate = new();
    private FileStream? _lock;

    public DataFolder(IConfiguration configuration)
    {
        var path = configuration["Aspire:Store:Path"];
        Root = Path.GetFullPath(string.IsNullOrWhiteSpace(path)
            ? Path.Combine(configuration["AppHost:Directory"] ?? Environment.CurrentDirectory, ".data") : path);
    }

    public string Root { get; }

    public static DataFolder Of(IConfiguration configuration) => new(configuration);

    /// <summary>Keeps a second host out, until this one ends (also by kill -9).</summary>
    public void Lock()
    {
        var file = Path.Combine(Folder("run"), "lock");
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException(
                $"Another application host is running on the data folder '{Root}'. Stop it first, or name another " +
                "folder (configuration key Aspire:Store:Path).", e);
        }
    }

    /// <summary>A folder that only this user can enter.</summary>
    public string Folder(string name)
    {
        // Others may pass through the root (servers run as their own users) but not read it.
        if (!Directory.Exists(Root))
            Directory.CreateDirectory(Root, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return Directory.CreateDirectory(Path.Combine(Root, name), OwnerOnly).FullName;
    }

    /// <summary>A secret that is made once and kept in a file of mode 600.</summary>
    public string Secret(string name, Func<string> make)
    {
        lock (SecretsGate)
        {
            var file = Path.Combine(Folder("secrets"), name);
            if (File.Exists(file))
                return File.ReadAllText(file).TrimEnd('\n');
            var secret = make();
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using var stream = new StreamWriter(file, options);
            stream.Write(secret + "\n");
            return secret;
        }
    }

    /// <summary>A folder for a server that runs as another user; made, owned by that user, mode 700.</summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="user">The user, or null for this one.</param>
    public string ServerFolder(string name, string? user)
    {
        Folder("run");
        if (user is null)
            return Directory.CreateDirectory(Path.Combine(Root, name), OwnerOnly).FullName;
        var parent = SystemUser.CanReach(user, Root) ? Root : Outside(user);
        var folder = Path.Combine(parent, name);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            SystemUser.Own(user, folder);
        }

        return folder;
    }

    public void Dispose() => _lock?.Dispose();

    /// <summary>A folder that server users can reach where this one is not (a checkout below /root, say).</summary>
    private string Outside(string user)
    {
        var pointer = Path.Combine(Root, "servers-folder");
        if (File.Exists(pointer))
            return File.ReadAllText(pointer).Trim();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (var candidate in new[] { "/var/lib", "/var/tmp" })
        {
            try
            {
                var folder = Directory.CreateDirectory(Path.Combine(candidate, $"aspire-hosting-{id}"), passable);
                if (!SystemUser.CanReach(user, folder.FullName))
                    continue;
                File.WriteAllText(Path.Combine(folder.FullName, "owner"), Root + "\n");
                File.WriteAllText(pointer, folder.FullName + "\n");
                return folder.FullName;
            }
            catch (UnauthorizedAccessException)
            {
                // The next candidate.
            }
        }

        throw new DistributedApplicationException($"User '{user}' cannot reach the data folder '{Root}'.");
    }
}
