using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Escalations_stand_out(PortalHost host) : PortalTest(host)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    private IEnumerable<FakeTicket> Open => Host.Gateway.Data.Tickets.Where(t => t.Closed is null);

    private List<FakeTicket> Old =>
        [.. Open.Where(t => Now - t.Created > TimeSpan.FromDays(25)).OrderBy(t => t.Created)];

    [Fact]
    public async Task Two_groups_say_how_many_and_link_the_oldest_tickets()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        var panel = Panel(page);
        await Expect(panel.GetByLabel($"{Old.Count} open for more than 25 days, show the tickets")).ToBeVisibleAsync();
        var held = Open.Count(t => t.Status == "On Hold" && Now - t.Created.AddHours(30) > TimeSpan.FromHours(168));
        await Expect(panel.GetByLabel($"{held} on hold for more than 168 h, show the tickets")).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6);
        await panel.GetByRole(AriaRole.Link, new() { Name = Old[0].ExternalId, Exact = true }).First.ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/tickets/{Old[0].Id}");
    }

    [Fact]
    public async Task The_count_opens_all_of_them_at_an_address_that_can_be_shared()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard?month=2026-09&month=2026-10");
        var old = Old.Where(t => t.Created.Month is 9 or 10).ToList();
        await Panel(page).GetByLabel("open for more than 25 days, show the tickets").ClickAsync();
        var list = page.GetByRole(AriaRole.Dialog, new() { Name = "Open too long · everybody" });
        await Expect(list.GetByText($"{old.Count} open for more than 25 days · As filtered")).ToBeVisibleAsync();
        await Expect(list.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([.. old.Select(t => t.ExternalId).Take(50)]);
        await Waits.UntilAsync(() => page.Url
            == $"{Host.Address}/dashboard?month=2026-09&month=2026-10&panel=oldTickets&of=all");

        var shared = await Host.OpenAsync("supervisor", "/dashboard?panel=longHold&of=all");
        list = shared.GetByRole(AriaRole.Dialog, new() { Name = "On hold too long · everybody" });
        await Expect(list.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        await list.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Waits.UntilAsync(() => shared.Url == $"{Host.Address}/dashboard");
    }

    [Fact]
    public async Task Nothing_to_escalate_is_said_calmly()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard?status=Closed");
        await Expect(Panel(page)).ToContainTextAsync("Nothing to escalate.");
        await Expect(Panel(page)).ToContainTextAsync(
            "No ticket is open for more than 25 days, and none on hold for more than 168 h.");
        await Expect(Panel(page).GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_ticket_that_is_done_leaves_without_a_reload()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        var oldest = Old[0];
        await Expect(Panel(page).GetByText(oldest.ExternalId).First).ToBeVisibleAsync();
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        oldest.Closed = Now;
        Host.Gateway.Live.Tell("pipeline");
        await Expect(Panel(page).GetByText(oldest.ExternalId)).ToHaveCountAsync(0);
        await Expect(Panel(page).GetByLabel($"{Old.Count} open for more than 25 days")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task While_they_cannot_be_read_the_rest_of_the_page_stays_and_they_come_by_themselves()
    {
        Host.Gateway.Failing["/api/scoring/escalations"] = 503;
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service is not available right now.");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Jasmin Reyes" })).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await Expect(Panel(page)).ToContainTextAsync("Open too long");
    }

    private static ILocator Panel(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Escalations" });
}
