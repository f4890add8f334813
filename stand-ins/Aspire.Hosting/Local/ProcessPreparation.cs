using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Turns a resource into the processes to start.</summary>
internal sealed class ProcessPreparation(
    DataFolder folder, PortAllocator ports, ContainerEngine containers, Configurator configurator,
    DistributedApplicationOptions options)
{
    public async Task<ProcessPlan> PrepareAsync(
        IResource resource, Configurator.Replica replica, ConsoleLog log, CancellationToken cancellationToken)
    {
        var configuration = await configurator.ConfigureAsync(resource, replica, cancellationToken)
            .ConfigureAwait(false);
        ImmutableArray<ResourcePropertySnapshot> properties =
            [new(SecretNames, configuration.Sensitive.ToImmutableArray())];
        return resource switch
        {
            ProjectResource project => new ProcessPlan(
                await ProjectAsync(project, configuration, log, cancellationToken).ConfigureAwait(false), [],
                properties.Add(new("project.path", Metadata(project).ProjectPath))),
            ExecutableResource executable => new ProcessPlan(Executable(executable, configuration), [], properties),
            ContainerResource container => await ServerAsync(
                container, configuration, log, properties, cancellationToken).ConfigureAwait(false),
            _ => throw new DistributedApplicationException($"Resource '{resource.Name}' has no processes."),
        };
    }

    /// <summary>Name of the property that lists which environment variables are secret.</summary>
    public const string SecretNames = "resource.secretVariables";

    private static IProjectMetadata Metadata(ProjectResource project) =>
        project.Annotations.OfType<IProjectMetadata>().Last();

    private async Task<LaunchSpec> ProjectAsync(
        ProjectResource project, Configurator.Configuration configuration, ConsoleLog log,
        CancellationToken cancellationToken)
    {
        var path = Metadata(project).ProjectPath;
        var assembly = await ProjectOutput.FindAsync(
            path, options.Configuration, (text, isError) => log.Write(text, isError, null), cancellationToken)
            .ConfigureAwait(false);

        // As with `dotnet run`, the project's folder is the working directory and so the content root.
        return new LaunchSpec("dotnet", ["exec", assembly, .. configuration.Args], Path.GetDirectoryName(path)!)
        {
            Environment = configuration.Environment,
        };
    }

    private static LaunchSpec Executable(ExecutableResource executable, Configurator.Configuration configuration)
    {
        var local = Path.Combine(executable.WorkingDirectory, executable.Command);
        return new LaunchSpec(
            File.Exists(local) ? local : executable.Command, configuration.Args, executable.WorkingDirectory)
        {
            Environment = configuration.Environment,
        };
    }

    private async Task<ProcessPlan> ServerAsync(
        ContainerResource container, Configurator.Configuration configuration, ConsoleLog log,
        ImmutableArray<ResourcePropertySnapshot> properties, CancellationToken cancellationToken)
    {
        if (!container.TryGetLastAnnotation<LocalServerAnnotation>(out var local)
            || await containers.UseForAsync(container).ConfigureAwait(false))
        {
            var spec = await containers.LaunchAsync(container, configuration).ConfigureAwait(false);
            return new ProcessPlan(spec, [], properties);
        }

        var context = new LocalServerContext(
            folder, ports, configuration.Args, (text, isError) => log.Write(text, isError, null));
        var plan = await local.Prepare(context, cancellationToken).ConfigureAwait(false);
        return new ProcessPlan(plan.Server, plan.Helpers, properties);
    }
}
