using System.Diagnostics;
using System.Text.Json.Nodes;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>
/// A stricter score policy over a million tickets: from its publishing until the list of moved grades and the
/// scorecard show it; before it the same as a what-if. And what moves every ticket: another business zone.
/// </summary>
internal static class Restate
{
    private const string Months = "month=2016-03&month=2016-04&month=2016-05";

    public static async Task<(string, string)> PolicyAsync(LoadContext context)
    {
        var admin = await context.AdminAsync();
        await using var database = await Million.OpenAsync(context);
        var draft = new { effectiveFrom = "2016-01-01", policy = await StricterAsync(admin) };
        var watch = Stopwatch.StartNew();
        var tried = await admin.PostAsync("/api/scoring/policies/simulate", new
        {
            draft.effectiveFrom, draft.policy, from = "2016-02", to = "2017-02"
        });
        var simulated = watch.Elapsed;
        watch.Restart();
        var position = (await admin.PostAsync("/api/scoring/policies", draft))["position"]!.GetValue<long>();
        var version = tried["version"]!.GetValue<int>();
        var moves = await admin.GetAsync($"/api/scoring/policies/{version}/moves?atLeast={position}");
        var moved = moves["counts"]!["gradesMoved"]!.GetValue<int>();
        await Eventually.Async(
            async () => (await admin.GetAsync($"/api/scoring/scorecard?{Months}&atLeast={position}"))["policyVersion"]!
                .GetValue<int>() == version,
            TimeSpan.FromMinutes(1), "a scorecard by the new policy");
        return ($"what-if {Figures.Seconds(simulated)}", $"{Figures.Seconds(watch.Elapsed)}, {moved} grades moved");
    }

    public static async Task<(string, string)> ZoneAsync(LoadContext context)
    {
        var admin = await context.AdminAsync();
        var system = await context.SystemAsync();
        await using var database = await Million.OpenAsync(context);
        var before = (await admin.GetAsync("/api/scoring/settings"))["businessZone"]!.GetValue<string>();
        var to = before == "America/New_York" ? "America/Los_Angeles" : "America/New_York";
        var watch = Stopwatch.StartNew();
        await admin.PutAsync("/api/scoring/settings", new { businessZone = to });
        await Eventually.Async(
            async () => (await admin.GetAsync("/api/scoring/filters"))["businessZone"]!.GetValue<string>() == to,
            TimeSpan.FromMinutes(3), "every ticket in the other zone");
        return ($"resident then {system.ProcessOf("ScoringService")?.ResidentBytes / 1e6:0} MB",
            Figures.Seconds(watch.Elapsed));
    }

    /// <summary>The policy in force, every limit of a grade halved.</summary>
    private static async Task<JsonObject> StricterAsync(Api admin)
    {
        var list = await admin.GetAsync("/api/scoring/policies");
        var policy = list["items"]!.AsArray()[^1]!["policy"]!.DeepClone().AsObject();
        foreach (var band in policy["gradeUpTo"]!.AsArray())
        {
            band!["limit"] = band["limit"]!.GetValue<decimal>() / 2;
        }

        return policy;
    }
}
