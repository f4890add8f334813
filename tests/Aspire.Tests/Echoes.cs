using System.Diagnostics;

namespace Performance.Hosting;

internal static class Echoes
{
    /// <summary>Adds a service that tells about itself.</summary>
    public static IResourceBuilder<ProjectResource> AddEcho(
        this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject(name, TestApp.EchoProject).WithHttpEndpoint().WithHttpHealthCheck("/health");

    /// <summary>Adds a job that ends with a code.</summary>
    public static IResourceBuilder<ProjectResource> AddJob(
        this IDistributedApplicationBuilder builder, string name, int code) =>
        builder.AddProject(name, TestApp.EchoProject).WithArgs($"--exit={code}");

    /// <summary>kill -9.</summary>
    public static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    public static async Task GoneAsync(int pid, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }

    public static bool IsAlive(int pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ");
}
