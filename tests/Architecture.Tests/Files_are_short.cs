namespace Performance.Architecture;

public sealed class Files_are_short
{
    private const int Program = 60;
    private const int File = 230;
    private const int Line = 120;

    // Tables of cases, and signatures that follow the real packages'.
    private const int LineOfTestsAndStandIns = 160;

    // A session or a daemon of the real surface does not come smaller.
    private const int StandIn = 330;
    private const int Cases = 260;

    [Fact]
    public void In_this_repository() => Repository.Sources.SelectMany(Check).ShouldBeNone();

    [Fact]
    public void A_long_file_and_a_long_line_are_found()
    {
        Assert.Single(Check(new SourceFile("services/A/Program.cs", new string('\n', 70) + ";")));
        Assert.Single(Check(new SourceFile("services/A/B.cs", new string('\n', 270) + ";")));
        Assert.Single(Check(new SourceFile("services/A/B.cs", new string('x', 121))));
    }

    private static IEnumerable<string> Check(SourceFile file)
    {
        var limit = Path.GetFileName(file.Path) == "Program.cs" && !file.IsTest ? Program
            : file.Path.StartsWith("stand" + "-ins/", StringComparison.Ordinal) ? StandIn
            : file.IsTest ? Cases : File;
        if (file.Lines.Length > limit)
        {
            yield return $"{file.Path} has {file.Lines.Length} lines; {limit} are enough";
        }

        var width = file.IsTest || limit == StandIn ? LineOfTestsAndStandIns : Line;
        foreach (var (index, line) in file.Lines.Index().Where(l => l.Item.Length > width))
        {
            yield return $"{file.Path}:{index + 1} has {line.Length} characters; {width} are enough";
        }
    }
}
