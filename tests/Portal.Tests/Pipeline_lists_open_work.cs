using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Pipeline_lists_open_work(PortalHost host) : PortalTest(host)
{
    private IEnumerable<FakeTicket> Open => Host.Gateway.Data.Tickets.Where(t => t.Closed is null);

    [Fact]
    public async Task Oldest_first_fifty_a_page_and_the_page_stands_in_the_address()
    {
        var page = await OpenAsync();
        var oldest = Open.OrderBy(t => t.Created).ThenBy(t => t.Id).Select(t => t.ExternalId).ToList();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(oldest[..50]);
        await Expect(page.GetByText($"{oldest.Count} open, oldest first")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(oldest[50..100]);
        Assert.Equal($"{Host.Address}/pipeline?page=2", page.Url);
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToHaveTextAsync(oldest[0]);
    }

    [Fact]
    public async Task Age_is_told_by_colour_and_word_and_hold_hours_only_while_on_hold()
    {
        var page = await OpenAsync("/pipeline?month=2026-11");
        foreach (var ticket in Open.Where(t => t.Created.Month == 11))
        {
            var age = (new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero) - ticket.Created).TotalDays;
            var cells = page.GetByRole(AriaRole.Row, new() { Name = ticket.ExternalId }).GetByRole(AriaRole.Cell);
            await Expect(cells.Nth(1)).ToHaveTextAsync(age > 10 ? "Ageing" : "Fresh");
            var hours = await cells.Nth(2).InnerTextAsync();
            Assert.Equal(ticket.Status == "On Hold", hours.Trim() != "–");
        }

        await page.GotoAsync("/pipeline?month=2026-03");
        await Expect(page.GetByText("Old", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Search_and_filters_stand_in_the_address_and_can_be_shared()
    {
        var page = await OpenAsync("/pipeline?type=Lien+release");
        var sought = Open.First(t => t.Type == "Lien release").ExternalId;
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(sought, new() { Delay = 15 });
        await Expect(page.GetByText("1 found, oldest first")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Search open tickets")).ToHaveValueAsync(sought);
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/pipeline?type=Lien%20release&search={sought}");
        var shared = await Host.OpenAsync("supervisor", new Uri(page.Url).PathAndQuery);
        await Expect(shared.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([sought]);
        await Expect(shared.GetByLabel("Search open tickets")).ToHaveValueAsync(sought);

        await shared.GetByLabel("Search open tickets").FillAsync("no such ticket");
        await shared.GetByRole(AriaRole.Button, new() { Name = "Clear search and filters" }).ClickAsync();
        await Expect(shared.GetByText($"{Open.Count()} open, oldest first")).ToBeVisibleAsync();
        await Expect(shared.GetByLabel("Search open tickets")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_row_opens_its_ticket()
    {
        var page = await OpenAsync();
        var ticket = Open.OrderBy(t => t.Created).ThenBy(t => t.Id).First();
        await page.GetByRole(AriaRole.Row, new() { Name = ticket.ExternalId }).GetByRole(AriaRole.Cell).Nth(0)
            .ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/tickets/{ticket.Id}");
        await page.GoBackAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/pipeline");
        await page.GetByRole(AriaRole.Link, new() { Name = ticket.ExternalId }).ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/tickets/{ticket.Id}");
    }

    [Fact]
    public async Task A_ticket_that_is_closed_leaves_by_itself()
    {
        var page = await OpenAsync();
        var ticket = Open.OrderBy(t => t.Created).ThenBy(t => t.Id).First();
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToHaveTextAsync(ticket.ExternalId);
        ticket.Closed = ticket.Created.AddDays(9);
        Host.Gateway.Live.Tell("pipeline");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = ticket.ExternalId })).ToHaveCountAsync(0);
        await Expect(page.GetByText($"{Open.Count()} open, oldest first")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_head_sorts_all_pages_by_its_column_and_a_column_can_be_taken_away()
    {
        var page = await OpenAsync();
        await Expect(Head(page, "Days open")).ToHaveAttributeAsync("aria-sort", "descending");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ticket", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var numbers = Open.Select(t => t.ExternalId).Order(StringComparer.Ordinal).ToList();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(numbers[..50]);
        await Expect(Head(page, "Ticket")).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(page.GetByText($"{numbers.Count} open, by ticket")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToHaveTextAsync(numbers[^1]);
        Assert.Equal($"{Host.Address}/pipeline?sort=externalId&desc=true", page.Url);

        await page.GetByText("Columns").ClickAsync();
        await page.GetByLabel("Hold hours").UncheckAsync();
        await Expect(Head(page, "Hold hours")).ToHaveCountAsync(0);
        Assert.Equal($"{Host.Address}/pipeline?sort=externalId&desc=true&column=holdHours", page.Url);
    }

    [Fact]
    public async Task The_file_has_all_that_was_found_as_it_is_sorted_and_chosen()
    {
        var page = await OpenAsync("/pipeline?state=Texas&sort=externalId&column=age&column=holdHours");
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("Ticket,Days open,Status,Agent,Title,Type,State,Created", lines[0].TrimStart('\uFEFF'));
        Assert.Equal(
            Open.Where(t => t.State == "Texas").Select(t => t.ExternalId).Order(StringComparer.Ordinal),
            lines.Skip(1).Select(l => l.Split(',')[0]));
    }

    [Fact]
    public async Task It_is_not_for_agents_and_says_who_can_help()
    {
        var page = await Host.OpenAsync("agent", "/pipeline");
        await Expect(page.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task While_the_service_is_away_it_says_so_and_comes_back()
    {
        Host.Gateway.Failing["/api/scoring/pipeline"] = 503;
        var page = await Host.OpenAsync("supervisor", "/pipeline");
        await Expect(page.GetByText("The service is not available right now.")).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
    }

    private static ILocator Head(IPage page, string name) =>
        page.GetByRole(AriaRole.Columnheader, new() { Name = name, Exact = true });

    private async Task<IPage> OpenAsync(string path = "/pipeline")
    {
        var page = await Host.OpenAsync("supervisor", path);
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        return page;
    }
}
