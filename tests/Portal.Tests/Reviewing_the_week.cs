using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Performance.Portal.Components.Pages.WeeklyReview;
using Performance.Portal.Fakes;
using Performance.Portal.Show;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Reviewing_the_week(PortalHost host) : PortalTest(host)
{
    private static readonly BusinessTime Time = new(
        TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"), TimeProvider.System);

    private static string Month => Time.ThisMonth;

    /// <summary>What each step opens.</summary>
    private static (int Step, string Link, string Opens)[] Views =>
    [
        (1, "Import tickets", "/import"),
        (2, "Open the escalations", "/dashboard#escalations"),
        (3, "Open the KPI cards", $"/dashboard?month={Month}"),
        (4, "Open the scorecard by score", $"/dashboard?month={Month}&sort=score"),
        (5, "Open the scorecard by re-rejections", $"/dashboard?month={Month}&sort=reRejectionRate&desc=true"),
        (6, "Open the rejected tickets", $"/dashboard?month={Month}&panel=rejected&of=all"),
        (7, "Open the rejection analysis", $"/rejections?month={Month}"),
        (8, "Open the tickets on hold", "/pipeline?status=On%20Hold"),
        (9, "Open the history", $"/history?year={Month[..4]}")
    ];

    [Fact]
    public async Task A_supervisor_goes_through_the_nine_steps()
    {
        var week = WeekAddress.Of(Time.Today).ToString();
        Host.Gateway.Data.Reviews.Remove(("supervisor", week));
        var page = await OpenAsync("supervisor", WeekAddress.Path);
        await Expect(page.GetByText("0 of 9 done")).ToBeVisibleAsync();
        foreach (var (step, link, opens) in Views)
        {
            await Expect(Step(page, step).Locator(".figure")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
            await Waits.UntilAsync(() => page.Url == Host.Address + opens);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Weekly review" })).ToHaveCountAsync(0);
            await page.GoBackAsync();
            await page.GetByLabel($"Note on step {step}").FillAsync($"Looked at {step}");
            await page.GetByRole(AriaRole.Button, new() { Name = $"Mark done step {step}" }).ClickAsync();
            await Expect(page.GetByText($"{step} of 9 done")).ToBeVisibleAsync();
            await Expect(Step(page, step)).ToContainTextAsync("by supervisor");
            await Expect(Step(page, step)).ToContainTextAsync($"Looked at {step}");
        }

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "completed" })).ToBeVisibleAsync();
        Assert.Equal(
            Enumerable.Range(1, 9), Host.Gateway.Data.Reviews[("supervisor", week)].Select(tick => tick.Step));
    }

    [Fact]
    public async Task A_tick_is_taken_back()
    {
        var page = await OpenAsync("supervisor", "/weekly-review?week=2026-W46");
        await Expect(page.GetByText("5 of 9 done")).ToBeVisibleAsync();
        await Expect(Step(page, 3)).ToContainTextAsync("Two leads for the team briefing.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Not done step 5" }).ClickAsync();
        await Expect(page.GetByText("4 of 9 done")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark done step 5" }).ClickAsync();
        await Expect(page.GetByText("5 of 9 done")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_week_stands_in_the_address()
    {
        var page = await OpenAsync("supervisor", "/weekly-review?week=2026-W46");
        await Expect(page.GetByLabel("Week", new() { Exact = true })).ToHaveValueAsync("2026-W46");
        await page.GetByLabel("The week before").ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/weekly-review?week=2026-W45");
        await Expect(page.GetByText("0 of 9 done")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByText("5 of 9 done")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Figures_are_live_and_say_what_asks_for_something()
    {
        var page = await OpenAsync("supervisor", WeekAddress.Path);
        var escalated = Host.Gateway.Data.Tickets.First(t => t.Closed is null && t.Status != "On Hold");
        var figure = Step(page, 8).Locator(".figure");
        await Expect(figure).ToContainTextAsync("Asks for something");
        var before = int.Parse(Regex.Match(await figure.InnerTextAsync(), @"\d+").Value);
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        escalated.Status = "On Hold";
        Host.Gateway.Live.Tell("scorecard");
        await Expect(figure).ToContainTextAsync($"{before + 1}");
    }

    [Fact]
    public async Task Limits_are_the_policys_and_what_another_supervisor_does_shows_by_itself()
    {
        Host.Gateway.Limits = new(3.5m, 2, ["B", "C", "D"]);
        try
        {
            var page = await OpenAsync("head", "/weekly-review?week=2026-W46");
            await Expect(Step(page, 3)).ToContainTextAsync("quality fail threshold of 3.5 %");
            await Expect(Step(page, 3)).ToContainTextAsync("rejection rate, fail threshold 3.5 %");
            await Expect(Step(page, 4)).ToContainTextAsync("grade B or C or D");
            await Expect(Step(page, 5)).ToContainTextAsync("above 2 %");
            var lee = page.GetByRole(AriaRole.Row, new() { Name = "lee" });
            await Expect(lee).ToHaveCountAsync(0);
            await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
            Host.Gateway.Data.Reviews[("lee", "2026-W46")] =
                [new(2, "lee", new DateTimeOffset(2026, 11, 11, 18, 0, 0, TimeSpan.Zero), "All have an owner now.")];
            Host.Gateway.Live.Tell("reviews", "[\"2026-W46\"]");
            await Expect(lee).ToContainTextAsync("All have an owner now.");
        }
        finally
        {
            Host.Gateway.Limits = new(5, 5, ["C", "D"]);
            Host.Gateway.Data.Reviews.Remove(("lee", "2026-W46"));
        }
    }

    [Fact]
    public async Task Without_figures_the_steps_can_still_be_ticked_off()
    {
        Host.Gateway.Failing["/api/scoring/rejections"] = 503;
        var page = await OpenAsync("supervisor", "/weekly-review?week=2026-W44");
        await Expect(page.GetByText("The service is not available right now.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark done step 1" }).ClickAsync();
        await Expect(page.GetByText("1 of 9 done")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_head_of_department_reads_who_did_what_and_ticks_nothing()
    {
        var page = await OpenAsync("head", "/weekly-review?week=2026-W46");
        var kim = page.GetByRole(AriaRole.Row, new() { Name = "kim" });
        await Expect(kim).ToContainTextAsync("9 of 9");
        await Expect(kim).ToContainTextAsync("done by admin");
        var supervisor = page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex(@"^supervisor \d of 9") });
        await Expect(supervisor).ToContainTextAsync("Two leads for the team briefing.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Mark done" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_is_not_for_agents()
    {
        var page = await Host.OpenAsync("agent", WeekAddress.Path);
        await Expect(page.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }

    private static ILocator Step(IPage page, int step) =>
        page.GetByRole(AriaRole.Listitem, new() { NameRegex = new Regex($"^Step {step}:") });

    private async Task<IPage> OpenAsync(string user, string path)
    {
        var page = await Host.OpenAsync(user, path);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Step 9" }).WaitForAsync();
        return page;
    }
}
