namespace Performance.Architecture;

public sealed class Files_are_short
{
    private const int Program = 60;
    private const int File = 230;
    private const int Line = 120;

    // A session or a daemon of the real surface does not come smaller.
    private const int StandIn = 330;

    [Fact]
    public void In_this_repository() => Repository.Sources.SelectMany(Check).ShouldBeNone();

    [Fact]
    public void A_long_file_and_a_long_line_are_found()
    {
        Assert.Single(Check(new SourceFile("services/A/Program.cs", new string('\n', 70) + ";")));
        Assert.Single(Check(new SourceFile("services/A/B.cs", new string('\n', 240) + ";")));
        Assert.Single(Check(new SourceFile("services/A/B.cs", new string('x', 121))));
    }

    private static IEnumerable<string> Check(SourceFile file)
    {
        var limit = Path.GetFileName(file.Path) == "Program.cs" && !file.IsTest ? Program
            : file.Path.StartsWith("stand" + "-ins/", StringComparison.Ordinal) ? StandIn : File;
        if (file.Lines.Length > limit)
        {
            yield return $"{file.Path} has {file.Lines.Length} lines; {limit} are enough";
        }

        foreach (var (index, line) in file.Lines.Index().Where(l => l.Item.Length > Line))
        {
            yield return $"{file.Path}:{index + 1} has {line.Length} characters; {Line} are enough";
        }
    }
}
