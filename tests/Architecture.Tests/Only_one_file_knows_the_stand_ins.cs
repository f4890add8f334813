namespace Performance.Architecture;

public sealed class Only_one_file_knows_the_stand_ins
{
    private const string Folder = "stand" + "-ins";

    [Fact]
    public void In_this_repository() => Repository.Files.SelectMany(Check).ShouldBeNone();

    [Theory]
    [InlineData("services/TicketService/TicketService.csproj")]
    [InlineData("Performance.AppHost/AppHost.cs")]
    [InlineData("Performance.sln")]
    public void A_mention_elsewhere_is_found(string path)
    {
        Assert.Single(Check(new SourceFile(path, $"..\\{Folder}\\Marten\\Marten.csproj")));
        Assert.Empty(Check(new SourceFile("Directory.Build.targets", Folder)));
    }

    // Documentation may explain them; nothing that is built or run may depend on them.
    private static IEnumerable<string> Check(SourceFile file) =>
        file.Path is "Directory.Build.targets" or ".gitattributes"
        || file.Path.StartsWith(Folder + "/", StringComparison.Ordinal)
        || file.Path.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal)
        || file.Path.EndsWith(".md", StringComparison.Ordinal)
            ? []
            : file.Lines.Index().Where(line => line.Item.Contains(Folder) && !IsComment(line.Item))
                .Select(line => $"{file.Path}:{line.Index + 1} knows {Folder}: {line.Item.Trim()}");

    private static bool IsComment(string line) =>
        line.TrimStart() is ['/', '/', ..] or ['#', ..] or ['<', '!', '-', '-', ..];
}
