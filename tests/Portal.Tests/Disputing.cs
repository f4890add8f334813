using Microsoft.Playwright;
using Performance.Portal.Api;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Disputing(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task An_agent_disputes_a_rejection_and_sees_how_it_stands()
    {
        var ticket = Own(1);
        var page = await Host.OpenAsync("agent", $"/tickets/{ticket.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Dispute {ticket.Rejections[0].Label}" }).ClickAsync();
        await page.GetByLabel("not your fault?").FillAsync("The scan was fine.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send dispute" }).ClickAsync();
        await Expect(page.GetByText("dispute waits for a supervisor")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dispute", Exact = false })).ToHaveCountAsync(0);

        await page.GotoAsync("/disputes");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My disputes" })).ToBeVisibleAsync();
        await Expect(Item(page, ticket.ExternalId)).ToContainTextAsync("The scan was fine.");
        await Expect(page.GetByText("The county lost page 2")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Accept" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_refusal_is_said_and_what_was_typed_stays()
    {
        var ticket = Own(2);
        var page = await Host.OpenAsync("agent", $"/tickets/{ticket.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dispute all 2" }).ClickAsync();
        await page.GetByLabel("not your fault?").FillAsync("Both are wrong.");
        Host.Gateway.Dispute(Of(ticket, "Somebody was faster"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send dispute" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("disputed already");
        await Expect(page.GetByLabel("not your fault?")).ToHaveValueAsync("Both are wrong.");
    }

    [Fact]
    public async Task Nobody_disputes_for_somebody_else()
    {
        var ticket = Own(1);
        var page = await Host.OpenAsync("supervisor", $"/tickets/{ticket.Id}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Rejections" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dispute" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_new_one_shows_without_a_reload_and_leaves_the_queue_when_it_is_decided()
    {
        var page = await Host.OpenAsync("supervisor", "/disputes");
        await Expect(page.GetByText("waiting, oldest first")).ToBeVisibleAsync();
        await Waits.UntilAsync(() => Host.Gateway.InboxLive.Listeners > 0);
        var ticket = Host.Gateway.Data.Tickets.First(
            t => t.Rejections.Count == 1 && Host.Gateway.Data.Disputes.All(d => d.Id != t.Id));
        Host.Gateway.Dispute(Of(ticket, "Not my ticket then."));
        var item = Item(page, ticket.ExternalId);
        await Expect(item).ToContainTextAsync("Not my ticket then.");

        await item.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await item.GetByLabel("Why is it not the agent's fault?").FillAsync("no");
        await item.GetByRole(AriaRole.Button, new() { Name = "Accept and excuse" }).ClickAsync();
        await Expect(item.GetByRole(AriaRole.Alert)).ToContainTextAsync("is too short");
        await item.GetByLabel("Why is it not the agent's fault?").FillAsync("Checked with the county");
        await item.GetByRole(AriaRole.Button, new() { Name = "Accept and excuse" }).ClickAsync();
        await Expect(item).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Tab, new() { Name = "Decided" }).ClickAsync();
        await Expect(item).ToContainTextAsync("Checked with the county");
        await Expect(item).ToContainTextAsync("accepted");
        Assert.EndsWith("/disputes?state=decided", page.Url);
        Assert.True(ticket.Excused);
    }

    [Fact]
    public async Task A_declined_one_stays_counted()
    {
        var ticket = Host.Gateway.Data.Tickets.Last(t => t.Rejections.Count == 1);
        Host.Gateway.Dispute(Of(ticket, "No way."));
        var page = await Host.OpenAsync("supervisor", "/disputes");
        var item = Item(page, ticket.ExternalId);
        await item.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await item.GetByLabel("Why does it stay counted?").FillAsync("It is on the checklist");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(item).ToHaveCountAsync(0);
        Assert.False(ticket.Excused);
        Assert.False(Host.Gateway.Data.Disputes.Single(d => d.Id == ticket.Id).Accepted);
    }

    [Fact]
    public async Task Its_end_shows_on_the_ticket_without_a_reload()
    {
        var ticket = Own(1);
        Host.Gateway.Dispute(Of(ticket, "Please look."));
        var page = await Host.OpenAsync("agent", $"/tickets/{ticket.Id}");
        await Expect(page.GetByText("dispute waits for a supervisor")).ToBeVisibleAsync();
        await Waits.UntilAsync(() => Host.Gateway.InboxLive.Listeners > 0);
        var i = Host.Gateway.Data.Disputes.FindIndex(d => d.Id == ticket.Id);
        Host.Gateway.Data.Disputes[i] = Host.Gateway.Data.Disputes[i] with { Accepted = false };
        Host.Gateway.InboxLive.Tell("unread", "{}");
        await Expect(page.GetByText("dispute declined")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dispute" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_department_head_reads_and_does_not_decide()
    {
        var page = await Host.OpenAsync("head", "/disputes");
        await Expect(page.GetByText("The county lost page 2")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Accept" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(403, "You may not see this.")]
    [InlineData(500, "The service is not available right now.")]
    public async Task What_went_wrong_is_said(int status, string words)
    {
        Host.Gateway.Failing["/api/tickets/disputes"] = status;
        var page = await Host.OpenAsync("supervisor", "/disputes");
        await Expect(page.GetByText(words)).ToBeVisibleAsync();
        Host.Gateway.Failing["/api/tickets/overrides"] = status;
        await page.GotoAsync("/overrides");
        await Expect(page.GetByText(words)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Overrides_say_who_what_when_and_why_and_how_often()
    {
        var page = await Host.OpenAsync("supervisor", "/overrides?month=2026-10");
        await Expect(page.GetByText("9 of 79 rejections excused, 11.4 %")).ToBeVisibleAsync();
        var rates = page.GetByRole(AriaRole.Region, new() { Name = "Excuse rates" });
        await Expect(rates.GetByRole(AriaRole.Row, new() { Name = "Overrides by supervisor" }))
            .ToContainTextAsync("12.5");
        await Expect(page.GetByText("60 overrides, newest first")).ToBeVisibleAsync();
        var trail = page.GetByRole(AriaRole.Region, new() { Name = "Audit trail" });
        await Expect(trail.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("County error, confirmed by phone.");

        await rates.GetByRole(AriaRole.Link, new() { Name = "Overrides by lead" }).ClickAsync();
        await Expect(page.GetByText("15 overrides, newest first")).ToBeVisibleAsync();
        Assert.EndsWith("/overrides?month=2026-10&by=lead", page.Url);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove filter By: lead" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next", Exact = true }).ClickAsync();
        await Expect(page.GetByText("51–60 of 60")).ToBeVisibleAsync();
        await page.GetByLabel("Rejected in").SelectOptionAsync("2026-01");
        await Expect(page.GetByText("No rejection in this month")).ToBeVisibleAsync();
    }

    private FakeTicket Own(int rejections) => Host.Gateway.Data.Tickets.First(
        t => t.Agent == Organisation.Jasmin && t.Rejections.Count == rejections && !t.Excused
            && Host.Gateway.Data.Disputes.All(d => d.Id != t.Id));

    private static ILocator Item(IPage page, string ticket) => page.GetByRole(AriaRole.Listitem)
        .Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = ticket }) });

    private static Dispute Of(FakeTicket ticket, string reason) => new(
        Guid.NewGuid(), ticket.Id, ticket.ExternalId, null, ticket.Agent, "Somebody", null,
        [ticket.Rejections[0].Label], reason, "agent", TimeProvider.System.GetUtcNow(), 0, null, null, null, null,
        false);
}
