using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Performance.Architecture;

public sealed class Types_are_sealed_and_internal
{
    [Fact]
    public void In_this_repository() => Repository.Sources
        .Where(s => s.IsOfAService || s.IsOfTheGateway).SelectMany(Check).ShouldBeNone();

    [Fact]
    public void A_public_type_and_an_open_class_are_found()
    {
        Assert.Single(Check(new SourceFile("services/AService/B.cs", "public sealed record B;")));
        Assert.Single(Check(new SourceFile("services/AService/B.cs", "internal class B;")));
        Assert.Empty(Check(new SourceFile("services/AService/B.cs", "internal abstract record B; static class C;")));
    }

    private static IEnumerable<string> Check(SourceFile source) =>
        source.TopLevelTypes.Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)
                && type.Identifier.Text != "Program")
            .Select(type => $"{source.At(type)}: {type.Identifier.Text} is public")
            .Concat(source.Types.Where(IsOpen)
                .Select(type => $"{source.At(type)}: {type.Identifier.Text} is neither sealed, static nor abstract"));

    private static bool IsOpen(TypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not
            (int)SyntaxKind.StructKeyword }
        && type.Identifier.Text != "Program"
        && !type.Modifiers.Any(m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword
            or SyntaxKind.AbstractKeyword);
}
