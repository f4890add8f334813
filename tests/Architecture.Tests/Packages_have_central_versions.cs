using System.Xml.Linq;

namespace Performance.Architecture;

public sealed class Packages_have_central_versions
{
    private static readonly HashSet<string> Central = Repository.Files
        .Where(f => f.Path.EndsWith("Directory.Packages.props", StringComparison.Ordinal))
        .SelectMany(f => XDocument.Parse(f.Text).Descendants("PackageVersion"))
        .Select(v => v.Attribute("Include")!.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void In_this_repository() => Repository.Projects.SelectMany(Check).ShouldBeNone();

    [Fact]
    public void A_package_without_one_and_one_with_its_own_are_found() => Assert.Equal(
        2, Check(new ProjectFile("a.csproj", [], ["Marten", "Nobody.Knows.It"], ["Marten"])).Count());

    private static IEnumerable<string> Check(ProjectFile project) =>
        project.PackageReferences.Where(id => id.Length > 0 && !Central.Contains(id))
            .Select(id => $"{project.Path}: {id} has no version in Directory.Packages.props")
            .Concat(project.OwnVersions.Select(id => $"{project.Path}: {id} has a version of its own"));
}
