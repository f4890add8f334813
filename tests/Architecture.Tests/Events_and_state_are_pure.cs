using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Performance.Architecture;

/// <summary>
/// Records (events, state, views, policies) and <c>Decide</c> know no I/O, clock, container or log; projections may
/// know the operations of the store that they are given, and no more. Else a rebuild would not equal live.
/// </summary>
public sealed class Events_and_state_are_pure
{
    private static readonly HashSet<string> Impure =
    [
        "TimeProvider", "Stopwatch", "ILogger", "ILoggerFactory", "IServiceProvider", "IServiceCollection",
        "IConfiguration", "IOptions", "HttpClient", "HttpContext", "IHttpClientFactory", "NpgsqlConnection",
        "NpgsqlDataSource", "NpgsqlCommand", "IBus", "IPublishEndpoint", "ISendEndpointProvider", "File", "FileInfo",
        "Environment", "Random", "NewGuid", "Now", "UtcNow", "GetUtcNow", "Console"
    ];

    private static readonly HashSet<string> Sessions =
        ["IDocumentStore", "IDocumentSession", "IQuerySession", "IDocumentOperations"];

    private static readonly HashSet<string> Projections =
        ["SingleStreamProjection", "MultiStreamProjection", "EventProjection"];

    [Fact]
    public void In_this_repository() => Repository.Sources.Where(s => s.IsOfAService).SelectMany(Check).ShouldBeNone();

    [Theory]
    [InlineData("record Opened(DateTimeOffset At) { public bool Old(TimeProvider clock) => true; }")]
    [InlineData("record Ticket { Ticket Apply(Opened e) => this with { Id = Guid.NewGuid() }; }")]
    [InlineData("record Ticket { public string Name { get; set; } }")]
    [InlineData("partial class View : MultiStreamProjection<A, string> { void Apply(ILogger l) { } }")]
    [InlineData("static class Close { static object[] Decide(Ticket t) => [new Closed(DateTimeOffset.UtcNow)]; }")]
    [InlineData("class Close { object[] Decide(Ticket? state) => []; }")]
    [InlineData("static class Close { static async Task<object[]> Decide(IQuerySession s) => []; }")]
    public void An_impure_one_is_found(string code) =>
        Assert.NotEmpty(Check(new SourceFile("services/AService/A.cs", code)));

    [Theory]
    [InlineData("record Ticket(int Count) { Ticket Apply(Opened e) => this with { Count = Count + 1 }; }")]
    [InlineData("class Endpoint(TimeProvider clock, ILogger log) { async Task Run(HttpContext c) { } }")]
    [InlineData("partial class P : EventProjection { void Project(Opened e, IDocumentOperations o) { } }")]
    public void A_pure_one_and_an_edge_are_not(string code) =>
        Assert.Empty(Check(new SourceFile("services/AService/A.cs", code)));

    private static IEnumerable<string> Check(SourceFile source)
    {
        var records = source.Types.Where(type => type is RecordDeclarationSyntax).ToList();
        var pure = records.Where(type => !IsAnEdge(type)).ToList();
        var projections = source.Types.Where(IsProjection);
        var decisions = source.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.Text == "Decide").ToList();
        return pure.SelectMany(type => Names(source, type, Impure, Sessions))
            .Concat(records.SelectMany(type => Setters(source, type)))
            .Concat(projections.SelectMany(type => Names(source, type, Impure)))
            .Concat(decisions.SelectMany(method => Names(source, method, Impure, Sessions)))
            .Concat(decisions.Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword)
                    || (IsOfACommand(method) && !method.Modifiers.Any(SyntaxKind.StaticKeyword)))
                .Select(method => $"{source.At(method)}: Decide is not static, or async"));
    }

    /// <summary>Rows and settings that read themselves: no event, state, view or policy does.</summary>
    private static bool IsAnEdge(TypeDeclarationSyntax type) => type.Members.OfType<MethodDeclarationSyntax>()
        .Where(method => method.Modifiers.Any(SyntaxKind.StaticKeyword))
        .SelectMany(method => method.ParameterList.Parameters)
        .Any(p => p.Type?.ToString() is "IConfiguration" or "NpgsqlConnection" or "NpgsqlDataSource" or "HttpContext");

    private static bool IsOfACommand(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Any(p => p.Identifier.Text == "state");

    private static bool IsProjection(TypeDeclarationSyntax type) => type.BaseList?.Types
        .Any(b => b.Type is SimpleNameSyntax name && Projections.Contains(name.Identifier.Text)) == true;

    private static IEnumerable<string> Names(SourceFile source, SyntaxNode node, params HashSet<string>[] banned) =>
        node.DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => banned.Any(set => set.Contains(name.Identifier.Text)) && !IsOwnMember(name))
            .Select(name => $"{source.At(name)}: {Owner(node)} knows {name.Identifier.Text}");

    private static IEnumerable<string> Setters(SourceFile source, TypeDeclarationSyntax type) =>
        type.DescendantNodes().OfType<AccessorDeclarationSyntax>()
            .Where(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration))
            .Select(accessor => $"{source.At(accessor)}: {type.Identifier.Text} can be changed");

    // command.File or an initialiser's Now = …: the record's own data, not System.IO.File or DateTime.Now.
    private static bool IsOwnMember(SimpleNameSyntax name) => name.Identifier.Text switch
    {
        "File" or "Environment" => name.Parent is not MemberAccessExpressionSyntax access || access.Expression != name,
        "Now" or "UtcNow" => name.Parent is not MemberAccessExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.Text: "DateTime" or "DateTimeOffset" }
        },
        _ => false
    };

    private static string Owner(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax { Parent: BaseTypeDeclarationSyntax type } => $"{type.Identifier.Text}.Decide",
        _ => node.ToString()
    };
}
