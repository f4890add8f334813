using System.Text.RegularExpressions;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;

namespace Performance.SystemTests.Access;

/// <summary>Who may what, as <c>matrix.md</c> beside this file says it.</summary>
internal static class Matrix
{
    public const string Nobody = "nobody";

    /// <summary>The columns: every role, and nobody signed in.</summary>
    public static readonly IReadOnlyList<string> Columns = [.. Roles.All, Nobody];

    public static IReadOnlyList<Rule> Rules { get; } = Read();

    private static List<Rule> Read()
    {
        var table = File.ReadAllLines(Path.Combine(TestData.Root, "tests", "System.Tests", "Access", "matrix.md"))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var header = table[0];
        return table.Skip(2).Select(cells =>
        {
            var endpoint = cells[0].Trim('`').Split(' ', 2, StringSplitOptions.TrimEntries);
            return new Rule(
                new HttpMethod(endpoint[0]), endpoint[1],
                header.Zip(cells).Skip(1).ToDictionary(pair => pair.First, pair => Cell(pair.Second)));
        }).ToList();
    }

    private static May Cell(string text) => text == "-" ? May.No : Enum.Parse<May>(text, ignoreCase: true);
}

/// <summary>One endpoint.</summary>
internal sealed record Rule(HttpMethod Method, string Path, IReadOnlyDictionary<string, May> ByRole)
{
    /// <summary>Parameters' names and constraints do not matter: <c>/a/{}/b</c>.</summary>
    public string Shape => ShapeOf(Method.Method, Path);

    public static string ShapeOf(string method, string path) =>
        method.ToUpperInvariant() + " " + Regex.Replace(path.TrimEnd('/'), @"\{[^}]*\}", "{}");
}

/// <summary>A cell of the matrix.</summary>
internal enum May
{
    /// <summary>Refused: 403, or 401 to whom nobody knows.</summary>
    No,

    /// <summary>About the own record, team or department; 403 or 404 about a stranger's.</summary>
    Own,

    /// <summary>About anybody.</summary>
    All,

    /// <summary>The endpoint asks for no token; it may still want a password, a key or a link.</summary>
    Open
}
