using Microsoft.Playwright;
using Performance.Portal.Api;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class My_own_pages(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task Four_cards_show_value_goal_and_growth_with_word_and_sign()
    {
        var page = await Host.OpenAsync("agent", "/my");
        var payments = page.GetByRole(AriaRole.Article, new() { Name = "Payments collected" });
        await Expect(payments).ToContainTextAsync("$285,340");
        await Expect(payments).ToContainTextAsync("95.1 % of goal $300,000");
        await Expect(payments).ToContainTextAsync("Close to goal");
        await Expect(payments).ToContainTextAsync("+5 %");
        await Expect(payments.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "95");
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Complaints registered" })).ToContainTextAsync(
            "No goal set");
    }

    [Fact]
    public async Task A_payment_shows_without_a_reload()
    {
        var page = await Host.OpenAsync("agent", "/my");
        var calls = page.GetByRole(AriaRole.Article, new() { Name = "Total calls" });
        await Expect(calls).ToContainTextAsync($"{Host.Gateway.Data.Calls}");
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        Host.Gateway.Data.Calls++;
        Host.Gateway.Live.Tell("my");
        await Expect(calls).ToContainTextAsync($"{Host.Gateway.Data.Calls}");
        Host.Gateway.Data.Calls--;
    }

    [Fact]
    public async Task The_week_has_totals_averages_and_marks_its_best_and_weakest_day()
    {
        var page = await Host.OpenAsync("agent", "/my");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Total" })).ToContainTextAsync("103");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Total" })).ToContainTextAsync("$74,200");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Average per day" })).ToContainTextAsync("20.6");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Mon, Nov 16" })).ToContainTextAsync("best");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Fri, Nov 20" })).ToContainTextAsync("weakest");
    }

    [Fact]
    public async Task Another_month_stands_in_the_address()
    {
        var page = await Host.OpenAsync("agent", "/my");
        await page.GetByLabel("Month").SelectOptionAsync("2026-03");
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/my?month=2026-03");
        await Expect(page.GetByText("Back to this month")).ToBeVisibleAsync();
        Assert.Contains(
            Host.Gateway.Calls, call => call.EndsWith("/api/scoring/my?month=2026-03", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_opens_what_is_behind_it()
    {
        var page = await Host.OpenAsync("agent", "/my");
        await page.GetByLabel("Total calls: 432, show what is behind it").ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Total calls" });
        await Expect(panel.GetByText("5 min 12 s")).ToBeVisibleAsync();
        await panel.GetByText("As a table").First.ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Rowheader, new() { Name = "Sun, Nov 1", Exact = true }))
            .ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(panel).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_day_is_logged_and_what_is_not_saved_survives_a_reload()
    {
        var page = await Host.OpenAsync("agent", "/my/log");
        await page.GetByLabel("Access id or VIN, row 1").FillAsync("1HGCM82633A004352");
        await page.GetByLabel("Notes on the day").FillAsync("Quiet morning");
        await Expect(page.GetByText("Not saved yet")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Access id or VIN, row 1")).ToHaveValueAsync("1HGCM82633A004352");
        await Expect(page.GetByLabel("Notes on the day")).ToHaveValueAsync("Quiet morning");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the day" }).ClickAsync();
        await Expect(page.GetByText("1 entry")).ToBeVisibleAsync();
        Assert.Equal("1HGCM82633A004352", Assert.Single(
            Host.Gateway.Data.Log, day => day.Key.Item1 == Organisation.Jasmin).Value.Entries[0].AccessId);
    }

    [Fact]
    public async Task The_inbox_counts_live_and_marks_read()
    {
        var page = await Host.OpenAsync("agent", "/inbox");
        await Expect(page.GetByLabel("Inbox, 1 unread")).ToBeVisibleAsync();
        await Waits.UntilAsync(() => Host.Gateway.InboxLive.Listeners > 0);
        Host.Gateway.Notify(new InboxEntry(
            Guid.NewGuid(), "ticket-assigned", Host.Gateway.Data.Tickets[9].Id, "TT-100009", "Duplicate title", "admin",
            TimeProvider.System.GetUtcNow(), null));
        await Expect(page.GetByText("Ticket assigned: TT-100009")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Inbox, 2 unread")).ToBeVisibleAsync();
        Host.Gateway.Notify(new InboxEntry(
            Guid.NewGuid(), "grade-moved", null, null, null, null, TimeProvider.System.GetUtcNow(), null,
            [new GradeChange(new(2026, 9, 1), "A", "C", "Work")]));
        await Expect(page.GetByLabel("Inbox, 3 unread")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark all read" }).ClickAsync();
        await Expect(page.GetByText("0 unread of 5")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your grade of September 2026 is now C" }).ClickAsync();
        await Expect(page.GetByLabel("Month")).ToHaveValueAsync("2026-09");
        await page.GetByLabel("Month").SelectOptionAsync("2026-08");
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/my/scorecard?month=2026-08");
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        var before = Asked();
        Host.Gateway.Live.Tell("scorecard");
        await Waits.UntilAsync(() => Asked() > before);

        int Asked() => Host.Gateway.Calls.Count(
            call => call.EndsWith("/grade?month=2026-08", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Own_tickets_are_found_by_their_number()
    {
        var ticket = Host.Gateway.Data.Tickets.First(t => t.Agent == Organisation.Jasmin);
        var page = await Host.OpenAsync("agent", "/my/tickets");
        await page.GetByLabel("Search tickets").FillAsync(ticket.ExternalId);
        await Expect(page.GetByText("1 found")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = ticket.ExternalId }).ClickAsync();
        await Expect(page.GetByText("Imported from clickup, Open, with Jasmin Reyes")).ToBeVisibleAsync();
    }
}
