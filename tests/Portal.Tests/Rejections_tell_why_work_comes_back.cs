using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Rejections_tell_why_work_comes_back(PortalHost host) : PortalTest(host)
{
    private IEnumerable<(FakeTicket Ticket, string Label)> Events => Host.Gateway.Data.Tickets
        .Where(t => t.Counting > 0).SelectMany(t => t.Rejections.Select(r => (t, r.Label)));

    [Fact]
    public async Task Each_category_has_its_counts_share_and_risk_in_a_word()
    {
        var page = await OpenAsync();
        var all = Events.Count();
        foreach (var category in Events.GroupBy(e => e.Label))
        {
            var share = Math.Round(category.Count() * 100m / all, 1, MidpointRounding.AwayFromZero);
            var cells = Causes(page).GetByRole(AriaRole.Row, new() { Name = category.Key }).GetByRole(AriaRole.Cell);
            await Expect(cells.Nth(0)).ToHaveTextAsync(category.Count().ToString());
            await Expect(cells.Nth(1)).ToHaveTextAsync(
                category.Select(e => e.Ticket).Distinct().Count().ToString());
            await Expect(cells.Nth(2)).ToHaveTextAsync(share.ToString("0.0"));
            await Expect(cells.Last).ToHaveTextAsync(
                share > 25 ? "Critical bottleneck" : share >= 10 ? "Medium variance" : "Low exposure");
        }
    }

    [Fact]
    public async Task A_count_of_a_category_opens_its_events_and_back_closes_them()
    {
        var page = await OpenAsync();
        var count = Events.Count(e => e.Label == "Wrong fee");
        await page.GetByRole(AriaRole.Link, new() { Name = $"{count} events of Wrong fee" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Reject events · everybody" });
        await Expect(panel.GetByText($"{count} rejections · Wrong fee")).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Cell, new() { Name = "Wrong fee" }))
            .ToHaveCountAsync(Math.Min(50, count));
        Assert.Equal($"{Host.Address}/rejections?of=all&label=Wrong%20fee", page.Url);
        await page.GoBackAsync();
        await Expect(panel).ToBeHiddenAsync();

        var tickets = Events.Where(e => e.Label == "Wrong fee").Select(e => e.Ticket).Distinct().Count();
        await page.GetByRole(AriaRole.Link, new() { Name = $"{tickets} tickets of Wrong fee" }).ClickAsync();
        panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Rejected tickets · everybody" });
        await Expect(panel.GetByText($"{tickets} tickets · Wrong fee")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_cell_of_the_matrix_opens_exactly_what_it_counted_by_agent_and_by_month()
    {
        var page = await OpenAsync();
        var (name, label, count) = Events.Where(e => e.Ticket.Agent is not null)
            .GroupBy(e => (Host.Gateway.Data.NameOf(e.Ticket.Agent)!, e.Label))
            .Select(g => (g.Key.Item1, g.Key.Label, g.Count())).OrderByDescending(g => g.Item3).First();
        await page.GetByRole(AriaRole.Link, new() { Name = $"{count}: {label}, {name}" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = $"Reject events · {name}" });
        await Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(count);
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "By month" }).ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/rejections?by=month");
        var october = Events.Count(e => e.Ticket.Created.Month == 10 && e.Label == label);
        await page.GetByRole(AriaRole.Link, new() { Name = $"{october}: {label}, Oct 2026" }).ClickAsync();
        panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Reject events · everybody" });
        await Expect(panel.GetByText($"{october} rejection")).ToBeVisibleAsync();
        await Expect(panel.GetByText($"{label} · Oct 2026 · All tickets")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_matrix_adds_up_to_the_categories()
    {
        var page = await OpenAsync("/rejections?month=2026-10&month=2026-09");
        var lines = Matrix(page).Locator("tbody tr");
        var sums = Matrix(page).Locator("tfoot td");
        for (var column = 0; column < await sums.CountAsync(); column++)
        {
            var cells = await lines.Locator($"td:nth-of-type({column + 1})").AllInnerTextsAsync();
            Assert.Equal(int.Parse(await sums.Nth(column).InnerTextAsync()), cells.Sum(int.Parse));
        }
    }

    [Fact]
    public async Task An_excuse_from_the_list_takes_the_event_out_of_the_analysis()
    {
        var page = await OpenAsync();
        var ticket = Events.First(e => e.Ticket.Rejections.Count == 1 && e.Label == "Expired form").Ticket;
        var count = Events.Count(e => e.Label == "Expired form");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"{count} events of Expired form" }))
            .ToBeVisibleAsync();
        ticket.Excused = true;
        Host.Gateway.Live.Tell("rejections");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"{count - 1} events of Expired form" }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task Both_tables_are_sorted_by_their_heads_and_the_address_keeps_it()
    {
        var page = await OpenAsync();
        var labels = Events.Select(e => e.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        await Causes(page).GetByRole(AriaRole.Link, new() { Name = "Category" }).ClickAsync();
        await Expect(Causes(page).GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(labels);
        var label = labels[0];
        await Matrix(page).GetByRole(AriaRole.Link, new() { Name = label, Exact = true }).ClickAsync();
        var head = Matrix(page).GetByRole(AriaRole.Columnheader, new() { Name = label });
        await Expect(head).ToHaveAttributeAsync("aria-sort", "descending");
        var most = Events.Where(e => e.Label == label && e.Ticket.Agent is not null)
            .CountBy(e => Host.Gateway.Data.NameOf(e.Ticket.Agent)!).ToList();
        await Expect(Matrix(page).GetByRole(AriaRole.Rowheader).First).ToHaveTextAsync(
            most.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.CurrentCultureIgnoreCase)
                .First().Key);
        Assert.Equal(
            $"{Host.Address}/rejections?sort=category&line={Uri.EscapeDataString("in:" + label)}&linedesc=true",
            page.Url);

        await page.GetByRole(AriaRole.Tab, new() { Name = "By month" }).ClickAsync();
        await Expect(Matrix(page).GetByRole(AriaRole.Rowheader).First).ToHaveTextAsync("Nov 2026");
        await Matrix(page).GetByRole(AriaRole.Link, new() { Name = "Month" }).ClickAsync();
        await Expect(Matrix(page).GetByRole(AriaRole.Rowheader).First).Not.ToHaveTextAsync("Nov 2026");
    }

    [Fact]
    public async Task The_analysis_goes_out_as_csv_with_the_matrix_beside_it()
    {
        var page = await OpenAsync("/rejections?by=month&sort=category&desc=true");
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.StartsWith("Category,Events,Tickets,Share %,Risk,Nov 2026,Oct 2026", lines[0]);
        Assert.Equal(
            Events.Select(e => e.Label).Distinct().OrderDescending(StringComparer.Ordinal),
            lines.Skip(1).Select(l => l.Split(',')[0]));
    }

    [Fact]
    public async Task Where_nothing_matches_it_says_so_and_offers_the_way_back()
    {
        var page = await Host.OpenAsync("supervisor", "/rejections?month=2019-01");
        await Expect(page.GetByText("No rejection matches these filters")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear all filters" }).ClickAsync();
        await Expect(Causes(page)).ToBeVisibleAsync();
    }

    private static ILocator Causes(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Defect categories" });

    private static ILocator Matrix(IPage page) =>
        page.GetByRole(AriaRole.Region, new() { Name = "Quality matrix", Exact = true }).Last;

    private async Task<IPage> OpenAsync(string path = "/rejections")
    {
        var page = await Host.OpenAsync("supervisor", path);
        await Expect(Causes(page)).ToBeVisibleAsync();
        return page;
    }
}
