using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A profile of a project's Properties/launchSettings.json: endpoints and environment.</summary>
internal sealed class LaunchProfile(string name, JsonElement json)
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    /// <summary>The wanted profile, else the first that starts the project itself, else null.</summary>
    public static LaunchProfile? Find(string projectPath, string? wanted)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file))
            return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
        if (!document.RootElement.TryGetProperty("profiles", out var profiles))
            return null;
        var own = profiles.EnumerateObject().Where(p =>
            p.Value.TryGetProperty("commandName", out var c) && c.GetString() == "Project").ToList();
        var found = own.Where(p => p.Name == wanted).Concat(own).Select(p => (p.Name, p.Value)).FirstOrDefault();
        return found.Name is null ? null : new LaunchProfile(found.Name, found.Value.Clone());
    }

    public void ApplyTo(IResourceBuilder<ProjectResource> project)
    {
        if (json.TryGetProperty("applicationUrl", out var urls))
        {
            foreach (var url in urls.GetString()!.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                var uri = new Uri(url);
                project.WithEndpoint(uri.Scheme, e =>
                {
                    e.UriScheme = uri.Scheme;
                    e.Transport = "http";
                    e.Port = uri.Port;
                });
            }
        }

        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            if (!json.TryGetProperty("environmentVariables", out var variables))
                return;
            foreach (var variable in variables.EnumerateObject())
                context.EnvironmentVariables.TryAdd(variable.Name, variable.Value.GetString() ?? "");
        });
    }
}
