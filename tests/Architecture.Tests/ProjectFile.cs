using System.Xml.Linq;

namespace Performance.Architecture;

/// <summary>What a project file says it needs.</summary>
internal sealed record ProjectFile(
    string Path,
    IReadOnlyList<string> ProjectReferences,
    IReadOnlyList<string> PackageReferences,
    IReadOnlyList<string> OwnVersions)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static ProjectFile Parse(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text);
        var packages = xml.Descendants("PackageReference").ToList();
        return new ProjectFile(
            file.Path,
            xml.Descendants("ProjectReference").Select(Included).Select(path =>
                System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).ToList(),
            packages.Select(Included).ToList(),
            packages.Where(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null)
                .Select(Included).ToList());
    }

    private static string Included(XElement item) =>
        (item.Attribute("Include") ?? item.Attribute("Update"))?.Value ?? "";
}
