using System.Diagnostics;
using System.Xml.Linq;

namespace Aspire.Hosting;

/// <summary>Finds the program that a project was built to.</summary>
internal static class ProjectOutput
{
    /// <summary>The newest built assembly; builds it where there is none.</summary>
    /// <param name="projectPath">Project file.</param>
    /// <param name="configuration">Configuration of the host itself, tried first.</param>
    /// <param name="write">Gets the output of a build.</param>
    /// <param name="cancellationToken">Ends a build.</param>
    public static async Task<string> FindAsync(
        string projectPath, string configuration, Action<string, bool> write, CancellationToken cancellationToken)
    {
        if (!File.Exists(projectPath))
            throw new DistributedApplicationException($"Project file '{projectPath}' was not found.");
        if (Find(projectPath, configuration) is { } found)
            return found;
        write($"Building {projectPath} ({configuration}).", false);
        var start = new ProcessStartInfo("dotnet", ["build", projectPath, "-c", configuration, "-v", "q", "-nologo"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync(cancellationToken);
        write(await build.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false), false);
        write(await errors.ConfigureAwait(false), true);
        await build.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return Find(projectPath, configuration) ?? throw new DistributedApplicationException(
            $"Project '{projectPath}' could not be built: see its console log.");
    }

    private static string? Find(string projectPath, string configuration)
    {
        var name = XDocument.Load(projectPath).Descendants()
            .FirstOrDefault(e => e.Name.LocalName == "AssemblyName")?.Value
            ?? Path.GetFileNameWithoutExtension(projectPath);
        var output = Path.Combine(Path.GetDirectoryName(projectPath)!, "bin", configuration);
        if (!Directory.Exists(output))
            return null;

        // The runtimeconfig marks a program; below bin/<configuration>/ is the target framework.
        return Directory.EnumerateFiles(output, $"{name}.runtimeconfig.json", SearchOption.AllDirectories)
            .Select(f => f[..^".runtimeconfig.json".Length] + ".dll")
            .Where(File.Exists).MaxBy(File.GetLastWriteTimeUtc);
    }
}
