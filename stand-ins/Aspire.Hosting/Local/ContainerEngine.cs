using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The container engine of this machine, if one answers.</summary>
internal sealed class ContainerEngine(IConfiguration configuration, DataFolder folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lazy<Task<bool>> _answers = new(() => AnswersAsync(Name(configuration)));

    private string Program => Name(configuration);

    /// <summary>
    /// Whether a resource that can also run as a local process runs as a container. Decided once per data folder:
    /// data that one of them wrote is not given to the other.
    /// </summary>
    public async Task<bool> UseForAsync(IResource resource)
    {
        var choice = Path.Combine(folder.Folder("run"), resource.Name + ".runs-as");
        if (File.Exists(choice))
            return (await File.ReadAllTextAsync(choice).ConfigureAwait(false)).Trim() == "container";
        var use = await _answers.Value.ConfigureAwait(false);
        await File.WriteAllTextAsync(choice, use ? "container\n" : "process\n").ConfigureAwait(false);
        return use;
    }

    /// <summary>How to run a resource as a container in the foreground.</summary>
    public async Task<LaunchSpec> LaunchAsync(ContainerResource resource, Configurator.Configuration configuration)
    {
        if (!await _answers.Value.ConfigureAwait(false))
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' needs a container engine, and '{Program}' does not answer.");
        }

        var image = resource.Annotations.OfType<ContainerImageAnnotation>().Last();
        var name = $"{resource.Name}-{RandomText.Suffix()}";
        List<string> args = ["run", "--rm", "--name", name];
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var port = endpoint.AllocatedEndpoint!.Port;
            args.AddRange(["-p", $"127.0.0.1:{port}:{endpoint.TargetPort ?? port}"]);
        }

        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            var source = mount.Source is null ? "" : mount.Source + ":";
            args.AddRange(["-v", $"{source}{mount.Target}{(mount.IsReadOnly ? ":ro" : "")}"]);
        }

        // By name only, so that no secret is on the command line.
        foreach (var variable in configuration.Environment.Keys)
            args.AddRange(["-e", variable]);
        if (resource.Entrypoint is { } entrypoint)
            args.AddRange(["--entrypoint", entrypoint]);
        args.Add((image.Registry is null ? "" : image.Registry + "/") + image.Image + ":" + (image.Tag ?? "latest"));
        args.AddRange(configuration.Args);
        return new LaunchSpec(Program, args, "/")
        {
            Environment = configuration.Environment,
            StopCommand = [Program, "stop", name],
            StopTimeout = TimeSpan.FromSeconds(25),
        };
    }

    private static string Name(IConfiguration configuration) => configuration["ASPIRE_CONTAINER_RUNTIME"] ?? "docker";

    private static async Task<bool> AnswersAsync(string program)
    {
        try
        {
            var start = new ProcessStartInfo(program, ["version", "--format", "{{.Server.Version}}"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            using var timeout = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            return false;
        }
    }
}
