using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Performance.Testing.Answers;

/// <summary>
/// An answer as a service gave it, kept in <c>tests/Testing/answers</c>: the service's own tests compare its shape with
/// what they are answered, and the portal's tests read it as the portal does (docs/adr/0116).
/// </summary>
/// <param name="Call">Method and route; after a blank, what distinguishes it from other answers to it.</param>
/// <param name="Status">The status.</param>
/// <param name="Body">The document.</param>
public sealed partial record RecordedAnswer(string Call, int Status, JsonNode? Body)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    // Worth nothing outside of a test, but nobody should have to wonder.
    private static readonly string[] Secrets = ["accessToken", "key"];

    /// <summary>The call without names of its parameters, by which those of all sides compare.</summary>
    public string Route => RouteOf(Call);

    private static string Folder { get; } = Path.Combine(Root(), "tests", "Testing", "answers");

    public static IReadOnlyList<RecordedAnswer> All() =>
        [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Order().Select(Read)];

    /// <summary>"GET /api/a/{}" of "GET /api/a/{id}?b=c d".</summary>
    public static string RouteOf(string call)
    {
        var parts = call.Split(' ');
        return $"{parts[0]} {Parameter().Replace(parts[1].Split('?')[0], "{}")}";
    }

    public static RecordedAnswer? Find(string service, string call) =>
        PathOf(service, call) is var path && File.Exists(path) ? Read(path) : null;

    public void Write(string service)
    {
        var path = PathOf(service, Call);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var document = new JsonObject { ["call"] = Call, ["status"] = Status, ["body"] = Body?.DeepClone() };
        foreach (var secret in Secrets.Where(name => document["body"] is JsonObject body && body.ContainsKey(name)))
        {
            document["body"]![secret] = "(secret)";
        }

        File.WriteAllText(path, document.ToJsonString(Indented) + "\n");
    }

    private static RecordedAnswer Read(string path)
    {
        var document = JsonNode.Parse(File.ReadAllText(path))!;
        return new((string)document["call"]!, (int)document["status"]!, document["body"]);
    }

    private static string PathOf(string service, string call) => Path.Combine(
        Folder, service, NoLetter().Replace(call.Replace("/api/", ""), "-").Trim('-').ToLowerInvariant() + ".json");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Performance.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoLetter();
}
