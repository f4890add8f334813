using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Closing_months(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task Closing_asks_once_naming_the_month_and_how_many_grades()
    {
        var page = await Host.OpenAsync("admin", "/months");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close Oct 2026…" }).ClickAsync();
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Close Oct 2026?" });
        await Expect(box.GetByText("18 grades of Oct 2026 are frozen")).ToBeVisibleAsync();
        await box.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(box).ToBeHiddenAsync();
        Assert.DoesNotContain(Host.Gateway.Calls, call => call.StartsWith("POST", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Close Oct 2026…" }).ClickAsync();
        await box.GetByRole(AriaRole.Button, new() { Name = "Close Oct 2026", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Oct 2026 is closed with 18 grades.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Oct 2026" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close Oct 2026…" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Adjustments_list_what_changed_since_and_lead_to_what_explains_it()
    {
        var page = await Host.OpenAsync("supervisor", "/months");
        await page.GetByRole(AriaRole.Link, new() { Name = "Adjustments of Sep 2026" }).ClickAsync();
        await Expect(page.GetByText("2 rows changed, 1 grade would move")).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Jasmin Reyes" });
        await Expect(row).ToContainTextAsync("Failed first-pass 3 → 1");
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/months?month=2026-09");
        await page.GetByRole(AriaRole.Link, new() { Name = "What explains them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Known on Oct 2, 2026" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Reopening_wants_a_reason_and_loses_nothing_on_a_refusal()
    {
        var page = await Host.OpenAsync("admin", "/months");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reopen Aug 2026" }).ClickAsync();
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Reopen Aug 2026?" });
        var reason = box.GetByLabel("Why is it reopened?");
        await reason.FillAsync("no");
        await box.GetByRole(AriaRole.Button, new() { Name = "Reopen Aug 2026" }).ClickAsync();
        await Expect(box.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The reason is too short");
        await Expect(reason).ToHaveValueAsync("no");
        await reason.FillAsync("An import was missing.");
        await box.GetByRole(AriaRole.Button, new() { Name = "Reopen Aug 2026" }).ClickAsync();
        await Expect(page.GetByText("Aug 2026 is open again.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close Aug 2026…" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_supervisor_reads_and_closes_nothing()
    {
        var page = await Host.OpenAsync("supervisor", "/months");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Sep 2026" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close Oct 2026…" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reopen" })).ToHaveCountAsync(0);
        var agent = await Host.OpenAsync("agent", "/months");
        await Expect(agent.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_month_that_is_not_closed_says_so()
    {
        var page = await Host.OpenAsync("supervisor", "/months?month=2026-03");
        await Expect(page.GetByText("2026-03 is not closed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_scorecard_says_of_a_closed_month_that_its_grades_stay()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard?month=2026-09");
        await Expect(page.GetByLabel("grade of Jasmin Reyes")).ToHaveAccessibleNameAsync(
            new System.Text.RegularExpressions.Regex("Month closed: the grade stays"));
    }
}
