using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">Project file, relative to the host's folder.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    /// <summary>Adds a project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">Project file, relative to the host's folder.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath,
        Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        var path = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, projectPath));
        return builder.AddProject(name, new ProjectMetadata(path), options);
    }

    /// <summary>Adds a project by its generated class.</summary>
    /// <typeparam name="TProject">Class in the namespace Projects.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject(name, new TProject(), new ProjectResourceOptions());

    /// <summary>Runs several processes of a project behind one address.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">Number of processes.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> WithReplicas(
        this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas));

    private static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata,
        ProjectResourceOptions options)
    {
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.Environment.IsDevelopment())
        {
            project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        project.WithOtlpExporter();
        project.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true")
            .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        project.WithEnvironment(context =>
        {
            if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
                return;
            var urls = new ReferenceExpressionBuilder();
            foreach (var e in project.Resource.GetEndpoints().Where(e => e.IsHttp || e.IsHttps))
            {
                if (!urls.IsEmpty)
                    urls.AppendLiteral(";");
                var (scheme, host) = (e.Property(EndpointProperty.Scheme), e.EndpointAnnotation.TargetHost);
                urls.Append($"{scheme}://{host}:{e.Property(EndpointProperty.TargetPort)}");
            }

            if (!urls.IsEmpty)
                context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
        });
        if (!options.ExcludeLaunchProfile)
        {
            var wanted = options.LaunchProfileName ?? builder.Configuration["AppHost:DefaultLaunchProfileName"]
                ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"];
            LaunchProfile.Find(metadata.ProjectPath, wanted)?.ApplyTo(project);
        }

        return project;
    }
}

/// <summary>Options of a project.</summary>
public class ProjectResourceOptions
{
    /// <summary>Profile of its launchSettings.json to use; default that of the host, else the first.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether to use no profile.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}
