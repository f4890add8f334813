using System.Text.RegularExpressions;

namespace Performance.Architecture;

public sealed partial class Sources_hold_no_banned_words
{
    [Fact]
    public void In_this_repository() => Repository.Files.SelectMany(Check).ShouldBeNone();

    [Theory]
    [InlineData("services/A/B.cs", "throw new Not" + "ImplementedException();")]
    [InlineData("tests/A.Tests/B.cs", "[Fact(Skip" + " = \"later\")]")]
    [InlineData("tests/A.Tests/B.cs", "await Task.De" + "lay(100);")]
    [InlineData("tests/A.Tests/B.cs", "Thread.Sl" + "eep(100);")]
    [InlineData("services/AService/B.cs", "Console.Write" + "Line(1);")]
    [InlineData("docs/a.md", "see /ho" + "me/somebody/notes")]
    [InlineData("run", "cd /wo" + "rk/x")]
    [InlineData("services/A/B.cs", "// TO" + "DO: finish")]
    public void Each_is_found(string path, string text) => Assert.Single(Check(new SourceFile(path, text)));

    [Fact]
    public void Other_words_are_not() => Assert.Empty(Check(new SourceFile(
        "services/A/B.cs", "var homework = Path.Combine(work, \"home\"); // skip = 1, networking/root/")));

    private static IEnumerable<string> Check(SourceFile file) =>
        from line in file.Lines.Index()
        from word in Words(file)
        where word.Pattern.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {word.Why}: {line.Item.Trim()}";

    private static IEnumerable<(Regex Pattern, string Why)> Words(SourceFile file)
    {
        if (file.Path.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal))
        {
            yield break;
        }

        yield return (MachinePath(), "names a path of one machine");
        if (!file.IsCSharp && !file.Path.EndsWith(".razor", StringComparison.Ordinal))
        {
            yield break;
        }

        yield return (Unfinished(), "is not finished");
        // The first admin's generated password is shown once, where no log keeps it.
        if ((file.IsOfAService || file.IsOfTheGateway) && file.Path != "gateway/Gateway/Users/FirstAdmin.cs")
        {
            yield return (ConsoleOutput(), "writes to the console instead of the log");
        }

        if (file.IsTest && file.Project.EndsWith(".Tests", StringComparison.Ordinal))
        {
            yield return (Sleeping(), "sleeps in a test instead of awaiting a condition");
        }
    }

    [GeneratedRegex(@"(?<![\w.:}~/])/(work|root|home)/\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"NotImplementedException\(\s*\)|\bSkip\s*=\s*""|(//|/\*|@\*).*\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bConsole\.(Write|Error|Out)")]
    private static partial Regex ConsoleOutput();

    // With a token it is the pause of a loop that somebody ends.
    [GeneratedRegex(@"\bTask\.Delay\(\s*(\d|TimeSpan)[^,]*$|\bThread\.Sleep\(")]
    private static partial Regex Sleeping();
}
