using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Looking_back(PortalHost host) : PortalTest(host)
{
    private const string November = "/as-of?month=2026-11&asOf=2026-11-09T00:00:00-08:00";

    [Fact]
    public async Task An_instant_is_chosen_in_business_time_and_stays_in_the_address()
    {
        var page = await Host.OpenAsync("supervisor", "/as-of");
        await Expect(page.GetByText("Choose an instant")).ToBeVisibleAsync();
        await page.GetByLabel("What was known on").FillAsync("2026-11-09T08:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Known on Nov 9, 2026, 8:30 AM" }))
            .ToBeVisibleAsync();
        await Waits.UntilAsync(
            () => page.Url.Contains("asOf=2026-11-09T08%3A30%3A00-08%3A00", StringComparison.Ordinal));
        Assert.Contains(Host.Gateway.Calls, call => call.Contains(
            "asof/differences?asOf=2026-11-09T08%3A30%3A00-08%3A00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instant_to_come_is_refused_in_words()
    {
        var page = await Host.OpenAsync("supervisor", "/as-of");
        var field = page.GetByLabel("What was known on");
        await field.EvaluateAsync("input => input.removeAttribute('max')");
        await field.FillAsync("2099-01-01T00:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("choose an instant in the past");
    }

    [Fact]
    public async Task A_number_that_differs_shows_both_and_opens_the_events_that_explain_it()
    {
        var page = await Host.OpenAsync("supervisor", November);
        var tickets = Host.Gateway.Data.Tickets
            .Where(t => t.Agent == Organisation.Jasmin && t.Created.ToString("yyyy-MM") == "2026-11").ToList();
        var since = tickets.Count(t => t.Created > new DateTimeOffset(2026, 11, 9, 0, 0, 0, TimeSpan.FromHours(-8)));
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Jasmin Reyes" });
        var number = row.GetByRole(AriaRole.Link, new() { NameString = "Allocated of Jasmin Reyes" });
        await Expect(number).ToContainTextAsync($"{tickets.Count - since} → {tickets.Count}");
        await number.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Allocated of Jasmin Reyes" });
        await Expect(panel.GetByText("Ticket became known")).ToHaveCountAsync(since);
        await panel.GetByRole(AriaRole.Link, new() { Name = $"Tickets then: {tickets.Count - since}" }).ClickAsync();
        var list = page.GetByRole(AriaRole.Dialog, new() { Name = "Allocated · Jasmin Reyes" });
        await Expect(list.GetByText($"{tickets.Count - since} tickets · Known on Nov 9, 2026")).ToBeVisibleAsync();
        await Expect(list.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(tickets.Count - since);
        Assert.Contains("list=then", page.Url);
        await page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        await Expect(panel).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        await page.GetByLabel("Only what differs").CheckAsync();
        await Expect(row).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_did_not_change_opens_too_and_todays_side_is_live()
    {
        var page = await Host.OpenAsync("supervisor", November);
        var receipts = page.GetByRole(AriaRole.Link, new() { NameRegex = new("^[A-D] ?, Performance grade of ") });
        await receipts.First.ClickAsync();
        var receipt = page.GetByRole(AriaRole.Dialog);
        await Expect(receipt.GetByText("Known on Nov 9, 2026")).ToBeVisibleAsync();
        await Waits.UntilAsync(() => Host.Gateway.Calls.Any(call =>
            call.Contains("/grade?month=2026-11&asOf=2026-11-09T", StringComparison.Ordinal)));
        await page.Keyboard.PressAsync("Escape");
        await Expect(receipt).ToBeHiddenAsync();

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Jasmin Reyes" });
        await Expect(row).ToBeVisibleAsync();
        var month = (Organisation.Jasmin, "2026-10");
        var before = Host.Gateway.Data.Attendance.GetValueOrDefault(month);
        var asked = Host.Gateway.Calls.Count(call => call.Contains("asof/differences", StringComparison.Ordinal));
        Host.Gateway.Data.Attendance[month] = 31;
        Host.Gateway.Live.Tell("scorecard");
        await Expect(row).ToContainTextAsync("→ 31");
        Assert.Equal(
            asked, Host.Gateway.Calls.Count(call => call.Contains("asof/differences", StringComparison.Ordinal)));
        Host.Gateway.Data.Attendance[month] = before;
        await page.GetByRole(AriaRole.Button, new() { Name = "Explain what changed just now" }).ClickAsync();
        await Waits.UntilAsync(() => asked < Host.Gateway.Calls.Count(
            call => call.Contains("asof/differences", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_long_answer_says_what_takes_so_long_and_can_be_stopped()
    {
        Host.Gateway.Waiting["/api/scoring/asof"] = new TaskCompletionSource().Task;
        var page = await Host.OpenAsync("supervisor", November);
        await Expect(page.GetByText("Reading every ticket as it was known then")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.GetByText("Stopped")).ToBeVisibleAsync();
        Host.Gateway.Waiting.Clear();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Known on Nov 9, 2026" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_failing_service_is_told_and_an_agent_is_turned_away()
    {
        Host.Gateway.Failing["/api/scoring/asof"] = 403;
        var page = await Host.OpenAsync("supervisor", November);
        await Expect(page.GetByText("You may not see this.").First).ToBeVisibleAsync();
        var agent = await Host.OpenAsync("agent", "/as-of");
        await Expect(agent.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }
}
