using System.Diagnostics;
using System.Text.Json;

namespace Performance.Architecture;

public sealed class Real_packages_can_be_switched_on
{
    private const string Service = "services/TicketService/TicketService.csproj";
    private const string Defaults = "Performance.ServiceDefaults/Performance.ServiceDefaults.csproj";
    private const string Telemetry = "OpenTelemetry.Extensions.Hosting";

    [Fact]
    public async Task Nothing_named_takes_what_stands_in()
    {
        var items = await EvaluateAsync(Repository.Root, Defaults, "");
        Assert.Contains("Marten", items.Projects);
        Assert.Contains(Telemetry, items.Projects);
        Assert.DoesNotContain("Marten", items.Packages);
        Assert.Contains("Npgsql", items.Packages);
    }

    [Fact]
    public async Task One_named_takes_that_one_from_the_registry()
    {
        var items = await EvaluateAsync(Repository.Root, Defaults, "Marten");
        Assert.Contains("Marten", items.Packages);
        Assert.DoesNotContain("Marten", items.Projects);
        Assert.Contains(Telemetry, items.Projects);
    }

    [Fact]
    public async Task All_takes_everything_from_the_registry()
    {
        var items = await EvaluateAsync(Repository.Root, Defaults, "all");
        Assert.Contains("Marten", items.Packages);
        Assert.Contains(Telemetry, items.Packages);
        Assert.Equal(["Contracts"], items.Projects);
    }

    [Fact]
    public async Task Without_the_folder_everything_comes_from_the_registry()
    {
        var copy = Directory.CreateTempSubdirectory("performance-layout-");
        try
        {
            foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets",
                "Directory.Packages.props", Service])
            {
                var target = Path.Combine(copy.FullName, file);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(Path.Combine(Repository.Root, file), target);
            }

            var items = await EvaluateAsync(copy.FullName, Service, "");
            Assert.Contains("Marten", items.Packages);
            Assert.DoesNotContain("Marten", items.Projects);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static async Task<(List<string> Projects, List<string> Packages)> EvaluateAsync(
        string root, string project, string real)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var argument in (string[])["msbuild", project, "-nologo", "-nodeReuse:false",
            "-getItem:ProjectReference,PackageReference", $"-p:RealPackages={real}"])
        {
            start.ArgumentList.Add(argument);
        }

        // The test host's own MSBuild settings would lead the child astray.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildExtensionsPath");
        using var msbuild = Process.Start(start)!;
        var errors = msbuild.StandardError.ReadToEndAsync();
        var output = await msbuild.StandardOutput.ReadToEndAsync();
        await msbuild.WaitForExitAsync();
        Assert.True(msbuild.ExitCode == 0, output + await errors);
        var items = JsonDocument.Parse(output).RootElement.GetProperty("Items");
        return (Names("ProjectReference"), Names("PackageReference"));

        List<string> Names(string kind) => items.GetProperty(kind).EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'))
            .Select(name => name.EndsWith(".csproj", StringComparison.Ordinal)
                ? Path.GetFileNameWithoutExtension(name) : name)
            .ToList();
    }
}
