using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Charts_open_what_they_count(PortalHost host) : PortalTest(host)
{
    private List<FakeTicket> Tickets => Host.Gateway.Data.Tickets;

    [Fact]
    public async Task Ten_owners_with_the_most_closed_tickets()
    {
        var page = await OpenAsync();
        var most = Tickets.Where(t => t.Agent is not null && t.Closed is not null).GroupBy(t => t.Agent!.Value)
            .Select(g => (Id: g.Key, Name: Host.Gateway.Data.NameOf(g.Key), Count: g.Count()))
            .OrderByDescending(o => o.Count).ThenBy(o => o.Name).Take(10).ToList();
        var bars = Chart(page, "Tasks completed by owner").GetByRole(AriaRole.Link);
        await Expect(bars).ToHaveCountAsync(10);
        for (var i = 0; i < most.Count; i++)
        {
            await Expect(bars.Nth(i)).ToHaveAttributeAsync(
                "aria-label", $"{most[i].Name}: {most[i].Count} closed tickets, show them");
        }

        await bars.First.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = $"Closed cases · {most[0].Name}" });
        await Expect(panel.GetByText($"{most[0].Count} tickets")).ToBeVisibleAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/dashboard?panel=closed&of={most[0].Id}");
    }

    [Fact]
    public async Task A_cause_opens_its_rejections_and_the_focus_returns_to_its_bar()
    {
        var page = await OpenAsync("?type=Title%20transfer&type=Lien%20release");
        var events = Tickets.Where(t => t.Type is "Title transfer" or "Lien release" && !t.Excused)
            .SelectMany(t => t.Rejections).Count(r => r.Label == "Wrong fee");
        var bar = page.GetByLabel($"Wrong fee: {events} reject events, show them");
        await bar.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Reject events · Wrong fee, everybody" });
        await Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(events);
        await Waits.UntilAsync(() => page.Url.EndsWith(
            "&panel=rejectEvents&of=all&key=Wrong%20fee", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        await Expect(bar).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_pulse_shows_twenty_days_and_each_opens_the_tickets_touched_on_it()
    {
        var page = await OpenAsync();
        var days = Tickets.SelectMany(t => t.Days).CountBy(day => day).OrderByDescending(d => d.Key).Take(20)
            .Reverse().ToList();
        var bars = Chart(page, "Daily workflow pulse").GetByRole(AriaRole.Link);
        await Expect(bars).ToHaveCountAsync(20);
        await bars.Last.ClickAsync();
        var words = DateOnly.Parse(days[^1].Key).ToString("ddd, MMM d");
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = $"Touched on {words} · everybody" });
        await Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(days[^1].Value);
        var shared = await Host.OpenAsync("supervisor", new Uri(page.Url).PathAndQuery);
        await Expect(shared.GetByRole(AriaRole.Dialog, new() { Name = $"Touched on {words}" })
            .GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(days[^1].Value);
    }

    [Fact]
    public async Task Each_is_also_a_table()
    {
        var page = await OpenAsync();
        foreach (var (title, rows) in new[]
        {
            ("Tasks completed by owner", 10), ("Top rejection defect causes", 4), ("Daily workflow pulse", 20)
        })
        {
            var chart = Chart(page, title);
            await chart.GetByText("As a table").ClickAsync();
            await Expect(chart.GetByRole(AriaRole.Table, new() { Name = title }).GetByRole(AriaRole.Rowheader))
                .ToHaveCountAsync(rows);
        }
    }

    [Fact]
    public async Task They_are_live_and_under_the_filters()
    {
        var page = await OpenAsync("?state=Oregon");
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        var before = Tickets.Where(t => t.State == "Oregon" && !t.Excused).SelectMany(t => t.Rejections)
            .Count(r => r.Label == "Bad VIN");
        await Expect(page.GetByLabel($"Bad VIN: {before} reject events")).ToBeVisibleAsync();
        Tickets.First(t => t is { State: "Oregon", Excused: false }).Rejections
            .Add(new FakeRejection(Guid.NewGuid(), "Bad VIN", TimeProvider.System.GetUtcNow()));
        Host.Gateway.Live.Tell("scorecard");
        await Expect(page.GetByLabel($"Bad VIN: {before + 1} reject events")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove State: Oregon" }).ClickAsync();
        var all = Tickets.Where(t => !t.Excused).SelectMany(t => t.Rejections).Count(r => r.Label == "Bad VIN");
        await Expect(page.GetByLabel($"Bad VIN: {all} reject events")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_has_no_bars_says_so()
    {
        var page = await OpenAsync("?status=In%20Progress");
        await Expect(Chart(page, "Tasks completed by owner"))
            .ToContainTextAsync("No ticket of an owner is closed yet.");
    }

    private async Task<IPage> OpenAsync(string query = "")
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard" + query);
        await Expect(Chart(page, "Daily workflow pulse")).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Chart(IPage page, string title) =>
        page.GetByRole(AriaRole.Figure, new() { Name = title });
}
