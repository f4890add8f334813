using System.Diagnostics;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>The whole log through the gateway, from the upload until every row of the scorecard is right.</summary>
internal static class ImportServiceNow
{
    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var admin = await context.AdminAsync();
        var file = await File.ReadAllBytesAsync(TestData.ServiceNowLog);
        var truth = ServiceNowTruth.Read();
        var expected = truth.ByAssignee.Values.Select(Key).Order().ToList();
        var watch = Stopwatch.StartNew();
        var started = await admin.UploadAsync("servicenow.zip", file, TestData.ServiceNowMapping).JsonAsync();
        var import = await admin.ImportedAsync(started["importId"]!.GetValue<string>());
        var imported = watch.Elapsed;
        await Eventually.Async(
            async () =>
            {
                var card = await admin.GetAsync("/api/scoring/scorecard");
                return card["agents"]!.AsArray().Where(row => Int(row!, "allocated") > 0)
                    .Select(row => (Int(row!, "allocated"), Int(row!, "firstPass"), Int(row!, "failedFirstPass"),
                        Int(row!, "rejectEvents"), Int(row!, "reRejected")))
                    .Order().SequenceEqual(expected);
            },
            TimeSpan.FromMinutes(3), "every scorecard right");
        return ($"import alone {Figures.Seconds(imported)}, {import["status"]}", Figures.Seconds(watch.Elapsed));
    }

    private static (int, int, int, int, int) Key(ServiceNowTruth.Row row) =>
        (row.Allocated, row.FirstPass, row.FailedFirstPass, row.RejectEvents, row.ReRejected);

    private static int Int(System.Text.Json.Nodes.JsonNode row, string name) => row[name]!.GetValue<int>();
}
