using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Performance.Architecture;

/// <summary>A stored event's name must survive the renaming of its class: each is mapped by a literal.</summary>
public sealed class Stored_names_are_explicit
{
    [Fact]
    public void In_this_repository() => Repository.Sources.Where(s => s.IsOfAService).GroupBy(s => s.Project)
        .SelectMany(service => Check(service.ToList())).ShouldBeNone();

    [Fact]
    public void An_unmapped_event_is_found()
    {
        var view = new SourceFile("services/AService/View.cs",
            "record Opened; record Closed; "
            + "record View { View Apply(Opened e) => this; View Apply(IEvent<Closed> e) => this; }");
        var mapping = new SourceFile("services/AService/Store.cs",
            "class S { void M() { o.Events.MapEventType<Opened>(\"opened\"); } }");
        var dynamic = new SourceFile("services/AService/Store.cs",
            "class S { void M() { o.Events.MapEventType<Opened>(name); o.Events.MapEventType<Closed>(\"c\"); } }");
        Assert.Contains("Closed", Assert.Single(Check([view, mapping])));
        Assert.Contains("Opened", Assert.Single(Check([view, dynamic])));
    }

    private static IEnumerable<string> Check(IReadOnlyList<SourceFile> service)
    {
        var mapped = service.SelectMany(s => s.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Where(call => call.ArgumentList.Arguments.Any(a => a.Expression is LiteralExpressionSyntax))
            .SelectMany(call => call.Expression.DescendantNodesAndSelf().OfType<GenericNameSyntax>())
            .Where(name => name.Identifier.Text is "MapEventType" or "MapEventTypeWithSchemaVersion" or "Map")
            .Select(name => name.TypeArgumentList.Arguments[0].ToString()).ToHashSet();
        var declared = service.SelectMany(s => s.Types).Select(type => type.Identifier.Text).ToHashSet();
        return from source in service
               from method in source.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
               where method.Identifier.Text is "Apply" or "Create" or "ShouldDelete" or "Evolve"
                   && method.Parent is RecordDeclarationSyntax or ClassDeclarationSyntax { BaseList: not null }
               from type in Events(method).Distinct()
               where type is not null && declared.Contains(type) && !mapped.Contains(type)
               select $"{source.At(method)}: the stored name of {type} is not given by a literal";
    }

    /// <summary>By the conventions of Marten, or by the arms of one switch.</summary>
    private static IEnumerable<string?> Events(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Take(1).Select(p => Event(p.Type))
            .Concat(method.DescendantNodes().OfType<DeclarationPatternSyntax>().Select(p => Event(p.Type)))
            .Concat(method.DescendantNodes().OfType<RecursivePatternSyntax>().Select(p => Event(p.Type)));

    private static string? Event(TypeSyntax? parameter) => parameter switch
    {
        GenericNameSyntax { Identifier.Text: "IEvent" } wrapped => wrapped.TypeArgumentList.Arguments[0].ToString(),
        IdentifierNameSyntax name => name.Identifier.Text,
        _ => null
    };
}
