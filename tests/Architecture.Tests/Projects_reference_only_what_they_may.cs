namespace Performance.Architecture;

public sealed class Projects_reference_only_what_they_may
{
    private const string Defaults = "Performance.ServiceDefaults";
    private const string AppHost = "Performance.AppHost";

    [Fact]
    public void In_this_repository() => Repository.Projects.SelectMany(Check).ShouldBeNone();

    [Theory]
    [InlineData("services/Contracts/Contracts.csproj", Defaults)]
    [InlineData("services/TicketService/TicketService.csproj", "ScoringService")]
    [InlineData("services/Portal/Portal.csproj", "ScoringService")]
    [InlineData("gateway/Gateway/Gateway.csproj", "Contracts")]
    [InlineData("tests/Load/Load.csproj", AppHost)]
    [InlineData("demo/Demo/Demo.csproj", "TicketService")]
    [InlineData("Performance.AppHost/Performance.AppHost.csproj", "TicketService")]
    [InlineData("stand-ins/Marten/Marten.csproj", Defaults)]
    public void A_wrong_reference_is_found(string project, string reference) =>
        Assert.Single(Check(new ProjectFile(project, [reference], [], [])));

    [Fact]
    public void Contracts_needs_no_package() =>
        Assert.Single(Check(new ProjectFile("services/Contracts/Contracts.csproj", [], ["Marten"], [])));

    private static IEnumerable<string> Check(ProjectFile project)
    {
        var allowed = Allowed(project);
        var wrong = project.ProjectReferences.Where(reference => !allowed(reference))
            .Select(reference => $"{project.Path} references {reference}");
        return project.Name == "Contracts" ? wrong.Concat(project.PackageReferences.Select(
            package => $"{project.Path} references the package {package}")) : wrong;
    }

    private static Func<string, bool> Allowed(ProjectFile project) => project.Path.Split('/') switch
    {
        ["services", "Contracts", ..] => _ => false,
        ["services", ..] => reference => reference is "Contracts" or Defaults,
        ["gateway", ..] => reference => reference is Defaults,
        ["demo", ..] => reference => reference is Defaults,
        [Defaults, ..] => reference => reference is "Contracts",
        // The AppHost adds projects by path: it needs none of their assemblies.
        [AppHost, ..] => _ => false,
        ["stand-ins", ..] => reference => StandIns.Contains(reference),
        ["tests", "System.Tests", ..] => _ => true,
        ["tests", ..] => reference => reference != AppHost,
        _ => _ => false
    };

    private static HashSet<string> StandIns => Repository.Projects
        .Where(p => p.Path.StartsWith("stand-ins/", StringComparison.Ordinal)).Select(p => p.Name).ToHashSet();
}
