using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The options under which tests run an application.</summary>
internal class TestSettings(
    Assembly assembly, string[] args,
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder) : EntryPointHook
{
    public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        settings.Args = options.Args = args;
        settings.ApplicationName = options.AssemblyName = assembly.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(
        [
            new("DcpPublisher:RandomizePorts", "true"),
            new("ASPNETCORE_URLS", "http://localhost:8080"),
            new("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317"),
        ]);
        if (Directory.Exists(options.ProjectDirectory))
            settings.ContentRootPath = options.ProjectDirectory;
        configureBuilder(options, settings);
    }
}
