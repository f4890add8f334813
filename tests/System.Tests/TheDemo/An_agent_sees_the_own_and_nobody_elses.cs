using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Performance.Demo;
using Performance.Testing.Running;

namespace Performance.SystemTests.TheDemo;

/// <summary>The demo's agent among nineteen others, team mates among them.</summary>
[Collection("7 The demo")]
public sealed class An_agent_sees_the_own_and_nobody_elses
{
    /// <summary>Whatever lists or adds up something, asked for without saying whose.</summary>
    private static readonly string[] Everything =
    [
        "scoring/scorecard", "scoring/scorecard/all/tickets?measure=allocated&pageSize=200",
        "scoring/scorecard/all/tickets?measure=rejectEvents&pageSize=200", "scoring/history", "scoring/filters",
        "scoring/pipeline", "scoring/escalations", "scoring/rejections", "scoring/charts/causes",
        "scoring/charts/completed", "scoring/charts/pulse", "tickets?pageSize=200", "tickets/disputes?state=open",
        "tickets/disputes?state=decided", "worklog?from={from}&to={to}", "coaching/agents",
        "coaching/sessions?pageSize=200", "notifications/inbox?pageSize=200"
    ];

    /// <summary>The same about one other, by agent or by ticket.</summary>
    private static readonly string[] Somebodys =
    [
        "scoring/agents/{agent}/grade", "scoring/agents/{agent}/grade?month=2026-10",
        "scoring/scorecard/{agent}/tickets?measure=allocated", "scoring/reps/{agent}", "scoring/reps/{agent}/week",
        "worklog/{agent}/2026-11-02", "coaching/agents/{agent}", "coaching/attendance/{agent}",
        "coaching/ramp/{agent}", "coaching/goals/{agent}", "coaching/sessions?agentId={agent}",
        "coaching/agents/{agent}/record.pdf", "tickets/{ticket}", "tickets/{ticket}/history"
    ];

    private static IEnumerable<string> Others => Organisation.Reps.Skip(1).Select(rep => rep.Name);

    [Fact]
    public async Task Through_the_api()
    {
        var demo = await DemoLoaded.OnceAsync();
        var self = await demo.SignInAsync("agent");
        var others = demo.Agents.Where(agent => agent.Value != demo.Of("agent")).ToList();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        foreach (var path in Everything.Select(path => path
            .Replace("{from}", $"{today.AddDays(-30):yyyy-MM-dd}").Replace("{to}", $"{today:yyyy-MM-dd}")))
        {
            var answer = (await self.GetAsync("/api/" + path)).ToJsonString();
            Assert.All(others, other => Assert.DoesNotContain(other.Value.ToString(), answer));
            Assert.All(others, other => Assert.DoesNotContain($"\"{other.Key}\"", answer));
        }

        foreach (var other in (string[])["ben", "grace"])
        {
            var ticket = await TicketAsync(demo, other);
            foreach (var path in Somebodys.Select(path => path
                .Replace("{agent}", demo.Of(other).ToString()).Replace("{ticket}", ticket)))
            {
                var status = (await self.CallAsync(HttpMethod.Get, "/api/" + path)).StatusCode;
                Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{path}: {status}");
            }
        }

        await OwnIsThereAsync(self, demo);
    }

    [Fact]
    public async Task Through_the_portal()
    {
        var demo = await DemoLoaded.OnceAsync();
        await using var browser = await Browser.OpenAsync();
        var page = await browser.SignInAsync(await SharedSystem.SystemAsync(), "agent", RunningSystem.Password);
        foreach (var (path, own) in ((string, string)[])
            [
                ("/my", "Payments collected"), ("/my/scorecard", "Your grade and how it came about"),
                ("/my/tickets", "demo1"), ("/disputes", "The signature is there, on page 2"),
                ("/coaching", "Looked at the last weeks together")
            ])
        {
            await page.GotoAsync(path);
            await page.GetByText(own).First.WaitForAsync();
            var text = await page.InnerTextAsync("body");
            Assert.All(Others, other => Assert.DoesNotContain(other, text));
        }

        foreach (var path in (string[])
            [
                $"/dashboard?assignee={demo.Of("grace")}", $"/history?assignee={demo.Of("grace")}",
                $"/tickets/{await TicketAsync(demo, "grace")}"
            ])
        {
            await page.GotoAsync(path);
            await page.GetByText(new Regex("not for your role|not yours to see")).First.WaitForAsync();
            Assert.DoesNotContain("Grace Kim", await page.InnerTextAsync("body"));
        }
    }

    private static async Task<string> TicketAsync(DemoLoaded demo, string whose) =>
        (await demo.Admin.GetAsync($"/api/tickets?assignee={demo.Of(whose)}&pageSize=1"))["items"]![0]!.Text("id")!;

    private static async Task OwnIsThereAsync(Api self, DemoLoaded demo)
    {
        var agent = demo.Of("agent");
        var card = await self.ScorecardAsync();
        Assert.Equal(agent, Assert.Single(card.Rows()).AgentId());
        Assert.Equal(card["kpis"]!.Int("allocated"), card.RowOf(agent)!.Int("allocated"));
        var list = await self.GetAsync("/api/scoring/scorecard/all/tickets?measure=allocated&pageSize=200");
        Assert.Equal(card["kpis"]!.Int("allocated"), list.Int("total"));
        Assert.Equal(list.Int("total"), (await self.GetAsync("/api/tickets?pageSize=1")).Int("total"));
        Assert.Equal("Amara Diallo", (await self.GetAsync($"/api/scoring/agents/{agent}/grade")).Text("name"));
        Assert.NotEmpty((await self.GetAsync("/api/tickets/disputes?state=open"))["items"]!.AsArray());
        var history = await self.GetAsync("/api/scoring/history");
        Assert.Contains(agent.ToString(), history.ToJsonString());
    }
}
