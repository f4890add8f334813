using System.Net;
using System.Text.Json.Nodes;
using Performance.Scoring.Rejections;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>A mapping groups labels (scorecard.md section 5): an admin says which are one defect category.</summary>
public sealed class LabelsThatAreOneCategory : IAsyncLifetime
{
    private const string Settings = "/api/scoring/settings";

    private readonly ScoringHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Count_together_in_analysis_chart_and_lists_and_apart_again_when_taken_apart()
    {
        var (ann, before) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
        await host.HappenedAsync(
            new Story(agent: ann).IsRejected("Bad VIN").IsRejected("VIN mismatch"),
            new Story(agent: ann).IsRejected("vin"), new Story().IsRejected("Wrong fee"),
            new Story().IsRejected("Wrong fee"), new Story().IsRejected("Wrong fee"));
        Assert.Equal([("Wrong fee", 3L, 3L), ("Bad VIN", 1, 1), ("VIN mismatch", 1, 1), ("vin", 1, 1)],
            await CategoriesAsync());

        await PutAsync("""{"defectCategories":[{"category":" VIN ","labels":["Bad VIN","VIN mismatch","vin"]}]}""");
        Assert.Equal([("VIN", 3L, 2L), ("Wrong fee", 3, 3)], await CategoriesAsync());
        var analysis = await AskAsync("/api/scoring/rejections");
        var vin = analysis["categories"]![0]!;
        Assert.Equal(["Bad VIN", "VIN mismatch", "vin"], vin["labels"]!.AsArray().Select(l => (string)l!["label"]!));
        Assert.Equal((3, 50m), ((long)vin["byAgent"]![ann.ToString()]!, (decimal)vin["share"]!));
        Assert.Equal(
            [("VIN", 3L), ("Wrong fee", 3)],
            (await AskAsync("/api/scoring/charts/causes")).AsArray()
                .Select(b => ((string)b!["key"]!, (long)b["count"]!)));
        Assert.Equal((3, 2, 0), (
            await TotalAsync("rejectEvents", "VIN"), await TotalAsync("rejectedTickets", "VIN"),
            await TotalAsync("rejectEvents", "Bad VIN")));
        // As it was known then, the labels were categories of their own.
        Assert.Equal(0, await TotalAsync("rejectEvents", "VIN", $"&asOf={Uri.EscapeDataString($"{before:o}")}"));

        await PutAsync("""{"defectCategories":[]}""");
        Assert.Equal(4, (await CategoriesAsync()).Count);
    }

    [Fact]
    public async Task Are_kept_by_another_change_and_a_stale_one_is_refused()
    {
        await PutAsync("""{"defectCategories":[{"category":"VIN","labels":["vin"]}]}""");
        var version = await PutAsync("""{"financialYearStart":4}""");
        var settings = await AskAsync(Settings);
        var group = settings["defectCategories"]![0]!;
        Assert.Equal(("VIN", version), ((string)group["category"]!, (long)settings["version"]!));
        await Admin().CallAsync(
            HttpMethod.Put, Settings, """{"defectCategories":[]}""", null, [("If-Match", "\"1\"")])
            .ShouldBeAsync(HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("""[{"category":"","labels":["a"]}]""", "defectCategories[0].category")]
    [InlineData("""[{"category":"A"}]""", "defectCategories[0].labels")]
    [InlineData("""[{"category":"A","labels":["a"]},{"category":"B","labels":["a"]}]""", "defectCategories[1].labels")]
    [InlineData(
        """[{"category":"A","labels":["a"]},{"category":"A","labels":["b"]}]""", "defectCategories[1].category")]
    [InlineData("""[null]""", "defectCategories[0].category")]
    [InlineData("""[{"category":"A","labels":[null]}]""", "defectCategories[0].labels")]
    public async Task That_make_no_sense_are_refused_by_name(string groups, string field)
    {
        var problem = await Admin().CallAsync(HttpMethod.Put, Settings, $$"""{"defectCategories":{{groups}}}""")
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(field, problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await AskAsync(Settings))["defectCategories"]!.AsArray());
    }

    [Theory]
    [InlineData(25.05, "Critical bottleneck")]
    [InlineData(25.04, "Medium variance")]
    [InlineData(25.0, "Medium variance")]
    [InlineData(10.0, "Medium variance")]
    [InlineData(9.95, "Medium variance")]
    [InlineData(9.94, "Low exposure")]
    public void Have_a_risk_by_the_share_that_is_shown(decimal share, string risk) =>
        Assert.Equal(risk, GetRejections.Risk(share));

    private async Task<List<(string, long, long)>> CategoriesAsync() =>
    [
        .. (await AskAsync("/api/scoring/rejections"))["categories"]!.AsArray()
            .Select(c => ((string)c!["category"]!, (long)c["events"]!, (long)c["tickets"]!))
    ];

    private async Task<long> TotalAsync(string measure, string label, string more = "") => (long)(await AskAsync(
        $"/api/scoring/scorecard/all/tickets?measure={measure}&label={Uri.EscapeDataString(label)}{more}"))["total"]!;

    private async Task<long> PutAsync(string body)
    {
        var done = await Admin().CallAsync(HttpMethod.Put, Settings, body).JsonAsync();
        await AskAsync($"{Settings}?atLeast={done["position"]}");
        return (long)done["version"]!;
    }

    private HttpClient Admin() => host.Client(host.Tokens.Admin());

    private Task<JsonNode> AskAsync(string path) => Admin().CallAsync(HttpMethod.Get, path).JsonAsync();
}
