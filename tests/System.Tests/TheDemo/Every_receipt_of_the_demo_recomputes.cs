using System.Globalization;
using System.Text.Json.Nodes;
using Performance.Demo;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests.TheDemo;

[Collection("7 The demo")]
public sealed class Every_receipt_of_the_demo_recomputes
{
    private static readonly string[] Settled = ["rejectEvents", "failedFirstPass", "rejected", "reRejected"];

    private static readonly string[] Listed =
        ["allocated", "closed", "firstPass", "excused", "onHold", "coachingSessions", .. Settled];

    [Fact]
    public async Task To_the_row_of_its_agent_for_every_agent_and_month()
    {
        var demo = await DemoLoaded.OnceAsync();
        var policies = (await demo.Admin.GetAsync("/api/scoring/policies"))["items"]!.AsArray()
            .ToDictionary(version => version!.Int("version"), version => version!["policy"]!);
        var graded = new HashSet<Guid>();
        var versions = new HashSet<int>();
        foreach (var (month, people) in Months())
        {
            var (card, receipts) = await AtOnePositionAsync(demo, month, people);
            foreach (var (agent, receipt) in receipts)
            {
                new NaiveReceipt(receipt, policies[receipt.Int("policyVersion")]).ShouldRecompute();
                Assert.Equal(card.Int("policyVersion"), receipt.Int("policyVersion"));
                if (card.RowOf(agent) is not { } row)
                {
                    Assert.Equal((0, 0), (receipt["inputs"]!.Int("allocated"), receipt["events"]!.AsArray().Count));
                    continue;
                }

                IsTheRow(receipt, row);
                EventsAreAsManyAsTheirCount(receipt, row);
                versions.Add(receipt.Int("policyVersion"));
                if (receipt.Text("grade") is not null)
                {
                    graded.Add(agent);
                }
            }
        }

        Assert.Equal(demo.Agents.Count(agent => Everybody.Contains(agent.Key)), graded.Count);
        Assert.True(versions.Count >= 2, "one policy only");
    }

    [Fact]
    public async Task And_each_number_opens_as_many_as_it_counts()
    {
        var demo = await DemoLoaded.OnceAsync();
        foreach (var (month, people) in ((string, IEnumerable<string>)[])
            [
                (Month(DemoLoaded.Today.AddMonths(-1)), Organisation.Reps.Select(rep => rep.Name)),
                ("2016-04", Organisation.Resolvers.Keys)
            ])
        {
            var card = await demo.Admin.ScorecardAsync($"month={month}");
            foreach (var row in people.Select(name => card.RowOf(demo.Agents[name])!))
            {
                foreach (var measure in Listed)
                {
                    var list = await demo.Admin.GetAsync($"/api/scoring/scorecard/{row.AgentId()}/tickets"
                        + $"?measure={measure}&month={month}&pageSize=200");
                    Assert.Equal((measure, row.Int(measure)), (measure, list.Int("total")));
                    Assert.Equal(Math.Min(200, row.Int(measure)), list["items"]!.AsArray().Count);
                }
            }
        }
    }

    private static IEnumerable<string> Everybody =>
        Organisation.Reps.Select(rep => rep.Name).Concat(Organisation.Resolvers.Keys);

    private static IEnumerable<(string Month, IEnumerable<string> People)> Months() =>
    [
        .. Enumerable.Range(0, 6).Select(back => (
            Month(DemoLoaded.Today.AddMonths(-back)), Organisation.Reps.Select(rep => rep.Name))),
        .. Enumerable.Range(2, 5).Select(month => ($"2016-{month:00}", Organisation.Resolvers.Keys))
    ];

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Card and receipts of one state of the views: what was loaded last may still come in.</summary>
    private static Task<(JsonNode Card, List<(Guid Agent, JsonNode Receipt)> Receipts)> AtOnePositionAsync(
        DemoLoaded demo, string month, IEnumerable<string> people) => Eventually.ValueAsync(
        async () =>
        {
            var card = await demo.Admin.ScorecardAsync($"month={month}");
            var receipts = new List<(Guid, JsonNode Receipt)>();
            foreach (var agent in people.Select(name => demo.Agents[name]))
            {
                receipts.Add((agent, await demo.Admin.GetAsync($"/api/scoring/agents/{agent}/grade?month={month}")));
            }

            return (card, receipts);
        },
        read => read.receipts.All(r => r.Receipt.Int("position") == read.card.Int("position")));

    private static void IsTheRow(JsonNode receipt, JsonNode row)
    {
        string[] outcome = ["grade", "baseGrade", "drop", "gradeNote", "score", "measuredMax", "scoreBand"];
        foreach (var name in outcome)
        {
            Assert.Equal((name, row[name]?.ToJsonString()), (name, receipt[name]?.ToJsonString()));
        }

        // A closed month's inputs are those of its closing; its row counts as of today.
        if (!row["frozen"]!.GetValue<bool>())
        {
            Assert.Equal(row.ToJsonString(), receipt["inputs"]!.ToJsonString());
        }
    }

    private static void EventsAreAsManyAsTheirCount(JsonNode receipt, JsonNode row)
    {
        var events = receipt["events"]!.AsArray().Select(e => e!.ToJsonString()).ToList();
        Assert.Equal(events.Count, events.Distinct().Count());
        foreach (var measure in Settled)
        {
            var listed = receipt["events"]!.AsArray().Where(e => e!.Text("measure") == measure).ToList();
            Assert.Equal((measure, row.Int(measure)), (measure, listed.Count));
            if (measure != "rejectEvents")
            {
                Assert.Equal(listed.Count, listed.Select(e => e!.Text("ticketId")).Distinct().Count());
            }
        }
    }
}
