using System.Text.Json.Nodes;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests;

/// <summary>The first test of a run: the system is empty.</summary>
[Collection("1 The ServiceNow log")]
public sealed class The_ServiceNow_log_scores_as_it_should
{
    private static readonly string[] Measures =
        ["allocated", "firstPass", "failedFirstPass", "excused", "onHold", "rejected", "rejectEvents", "reRejected"];

    [Fact]
    public async Task Every_ticket_counts_for_its_agent_and_importing_again_changes_nothing()
    {
        var system = await SharedSystem.SystemAsync();
        var admin = await Api.AdminAsync(system);
        var file = await File.ReadAllBytesAsync(TestData.ServiceNowLog);
        var truth = ServiceNowTruth.Read();
        Assert.Equal((24_918, 331, 275), (truth.Tickets.Count, truth.Total.RejectEvents, truth.Total.Rejected));

        var first = await admin.ImportAsync("servicenow.zip", file, TestData.ServiceNowMapping);
        Assert.Equal("Completed", first.Text("status"));
        Assert.Equal((141_712, 24_918, 0), (first.Int("rows"), first.Int("created"), first.Int("refused")));
        var card = await admin.AllocatedAsync(24_918);
        card = await Eventually.ValueAsync(
            () => admin.ScorecardAsync(), c => c.Rows().Sum(row => row.Int("rejectEvents")) == 331);
        var names = (await admin.AgentsAsync()).ToDictionary(agent => agent.Value, agent => agent.Key);
        RowsAre(truth, card, names);
        await ListsAreAsLongAsTheirNumbersAsync(admin, card);

        var again = await admin.ImportAsync("servicenow.zip", file, TestData.ServiceNowMapping);
        Assert.Equal(
            ("Completed", 0, 0, 141_712),
            (again.Text("status"), again.Int("created"), again.Int("changed"), again.Int("unchanged")));
        var after = await admin.ScorecardAsync();
        Assert.Equal(Comparable(card), Comparable(after));
        Assert.Equal(names.Count, (await admin.AgentsAsync()).Count);
    }

    private static void RowsAre(ServiceNowTruth truth, JsonNode card, Dictionary<Guid, string> names)
    {
        var expected = truth.ByAssignee;
        foreach (var row in card.Rows())
        {
            var name = row.AgentId() is { } id ? names[id] : "";
            if (!expected.TryGetValue(name, out var want))
            {
                Assert.Equal((name, 0), (name, row.Int("allocated")));
                continue;
            }

            Assert.Equal(
                (name, want.Allocated, want.FirstPass, want.FailedFirstPass, want.OnHold, want.Rejected,
                    want.RejectEvents, want.ReRejected),
                (name, row.Int("allocated"), row.Int("firstPass"), row.Int("failedFirstPass"), row.Int("onHold"),
                    row.Int("rejected"), row.Int("rejectEvents"), row.Int("reRejected")));
            Near(want.AvgCycleDays, row.Decimal("avgCycleDays"));
            Near(want.AvgOpenToMoveDays, row.Decimal("avgOpenToMoveDays"));
        }

        Assert.Equal(expected.Count, card.Rows().Count(row => row.Int("allocated") > 0));
        foreach (var (measure, total) in ((string, int)[])
            [
                ("allocated", truth.Total.Allocated), ("firstPass", truth.Total.FirstPass),
                ("rejected", truth.Total.Rejected), ("rejectEvents", truth.Total.RejectEvents)
            ])
        {
            Assert.Equal((measure, total), (measure, card.Rows().Sum(row => row.Int(measure))));
        }

        var kpis = card["kpis"]!;
        Assert.Equal((24_918, 24_918, 275), (kpis.Int("allocated"), kpis.Int("closed"), kpis.Int("rejected")));
        Near(truth.Total.AvgCycleDays, kpis.Decimal("avgCycleDays"));
    }

    private static async Task ListsAreAsLongAsTheirNumbersAsync(Api admin, JsonNode card)
    {
        foreach (var row in card.Rows().OrderByDescending(row => row.Int("rejectEvents")).Take(12)
            .Append(card.RowOf(null)!))
        {
            var path = row.AgentId()?.ToString() ?? "unassigned";
            foreach (var measure in Measures)
            {
                var list = await admin.GetAsync(
                    $"/api/scoring/scorecard/{path}/tickets?measure={measure}&page=1&pageSize=200");
                Assert.Equal((path, measure, row.Int(measure)), (path, measure, list.Int("total")));
                Assert.Equal(Math.Min(200, row.Int(measure)), list["items"]!.AsArray().Count);
            }
        }
    }

    private static void Near(double? expected, decimal? actual)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.InRange(Math.Abs((expected ?? 0) - (double)(actual ?? 0)), 0, 1e-6);
    }

    private static string Comparable(JsonNode card) => string.Join('\n', card.Rows()
        .Select(row => string.Join(' ', Measures.Select(m => row[m]!.ToJsonString()).Prepend(row.Text("name"))))
        .Order(StringComparer.Ordinal));
}
