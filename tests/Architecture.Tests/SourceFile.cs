using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Performance.Architecture;

/// <summary>A text file, with its path relative to the repository's root.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<CompilationUnitSyntax> syntax = new(
        () => CSharpSyntaxTree.ParseText(
            Text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetCompilationUnitRoot());

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>Code of one of the services, without Contracts and Portal.</summary>
    public bool IsOfAService => Path.StartsWith("services/", StringComparison.Ordinal)
        && Path.Split('/')[1].EndsWith("Service", StringComparison.Ordinal);

    public bool IsOfTheGateway => Path.StartsWith("gateway/", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>The folder of its project.</summary>
    public string Project => Path.StartsWith("Performance.", StringComparison.Ordinal)
        ? Path.Split('/')[0]
        : string.Join('/', Path.Split('/').Take(2));

    public CompilationUnitSyntax Syntax => syntax.Value;

    public string[] Lines => Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public IEnumerable<TypeDeclarationSyntax> Types => Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>();

    /// <summary>Types that are not inside another type.</summary>
    public IEnumerable<BaseTypeDeclarationSyntax> TopLevelTypes => Syntax.DescendantNodes()
        .OfType<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax);

    public string At(SyntaxNode node) =>
        $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
