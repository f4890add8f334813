using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Performance.Architecture;

public sealed class Namespaces_and_types_have_different_names
{
    [Fact]
    public void In_this_repository() => Check(Repository.Sources).ShouldBeNone();

    [Fact]
    public void A_type_named_like_a_namespace_is_found() => Assert.Single(Check(
    [
        new SourceFile("services/A/Ticket.cs", "namespace Performance.Tickets; record Ticket;"),
        new SourceFile("services/A/Other.cs", "namespace Performance.Ticket; record Other;")
    ]));

    private static IEnumerable<string> Check(IEnumerable<SourceFile> sources)
    {
        var ours = sources.Where(s => !s.Path.StartsWith("stand" + "-ins/", StringComparison.Ordinal)).ToList();
        var names = ours.ToLookup(s => s.Project, s => s.Syntax.DescendantNodes()
            .OfType<BaseNamespaceDeclarationSyntax>().SelectMany(n => n.Name.ToString().Split('.')));
        var common = names["services/Contracts"].Concat(names["Performance.ServiceDefaults"]).SelectMany(n => n);
        var seen = names.ToDictionary(project => project.Key, project => project.SelectMany(n => n).Concat(common)
            .ToHashSet());
        return from source in ours
               from type in source.TopLevelTypes
               where seen[source.Project].Contains(type.Identifier.Text)
               select $"{source.At(type)}: {type.Identifier.Text} is a namespace too";
    }
}
