using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Options of an application.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>Command-line arguments.</summary>
    public string[]? Args { get; set; }

    /// <summary>Assembly of the host program; default the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether to go without a dashboard.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether the console logs of resources also go to the host's log.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Whether the dashboard may be served without TLS (here always on loopback).</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Name shown in the dashboard.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Folder of the host's project: relative paths start here.</summary>
    public string? ProjectDirectory
    {
        get => field ?? Metadata("AppHostProjectPath");
        set;
    }

    internal Assembly? Assembly => AssemblyName is null
        ? Assembly.GetEntryAssembly()
        : AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == AssemblyName)
            ?? System.Reflection.Assembly.Load(AssemblyName);

    internal string Configuration =>
        Assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } name
            ? name : "Debug";

    private string? Metadata(string key) => Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(m => string.Equals(m.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
