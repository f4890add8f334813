using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class History_shows_grades_over_time(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task A_tile_tells_the_failed_rate_on_hover_and_on_focus()
    {
        var page = await OpenAsync();
        var tile = page.GetByRole(AriaRole.Link, new() { Name = "D, grade of Don Goodliffe in Oct 2026" });
        await tile.HoverAsync();
        var tip = page.GetByRole(AriaRole.Tooltip);
        await Expect(tip).ToContainTextAsync("Failed first-pass rate12.5 %");
        await page.Mouse.MoveAsync(5, 500);
        await Expect(tip).ToBeHiddenAsync();
        await tile.FocusAsync();
        await Expect(tip).ToContainTextAsync("12.5 %");
    }

    [Fact]
    public async Task A_month_without_a_ticket_is_a_dash_and_opens_nothing()
    {
        var page = await OpenAsync();
        var cells = page.GetByRole(AriaRole.Row, new() { Name = "Quentin Blake" }).GetByRole(AriaRole.Cell);
        await Expect(cells.Nth(1)).ToHaveTextAsync("– no ticket");
        await Expect(cells.Nth(1).GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await Expect(cells.Nth(4).GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_tile_opens_the_receipt_of_its_month_and_back_closes_it()
    {
        var page = await OpenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "grade of Jasmin Reyes in Sep 2026" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Grade of Jasmin Reyes" });
        await Expect(panel.GetByText("What would change it")).ToBeVisibleAsync();
        await Expect(panel.GetByLabel("Month")).ToHaveValueAsync("2026-09");
        Assert.Equal($"{Host.Address}/history?of={Organisation.Jasmin}&in=2026-09", page.Url);
        Assert.Contains(
            $"GET /api/scoring/agents/{Organisation.Jasmin}/grade?month=2026-09", Host.Gateway.Calls);
        await page.GoBackAsync();
        await Expect(panel).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_declines_is_flagged_in_words_and_can_be_shown_alone()
    {
        var page = await OpenAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Don Goodliffe" })
            .GetByText("Declining since Aug 2026")).ToBeVisibleAsync();
        await Expect(page.GetByText("18 agents, 1 declining")).ToBeVisibleAsync();
        await page.GetByLabel("Declining only").CheckAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(["Don Goodliffe"]);
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/history?declining=true");
    }

    [Fact]
    public async Task A_closed_month_says_that_its_grades_stay()
    {
        var page = await OpenAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Jul closed" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Aug", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "in Jul 2026" }).First)
            .ToHaveAttributeAsync("data-tip", new System.Text.RegularExpressions.Regex(@"Month\|closed"));
    }

    [Fact]
    public async Task Another_year_is_asked_for_and_stands_in_the_address()
    {
        var page = await OpenAsync();
        await page.GetByLabel("Year").SelectOptionAsync("2025");
        await Expect(page.GetByText("No tickets in 2025")).ToBeVisibleAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/history?year=2025");
        await page.GetByLabel("Year").SelectOptionAsync("2026");
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Filters_narrow_it_and_the_receipt_says_that_it_knows_none()
    {
        var page = await OpenAsync($"/history?type=Lien+release&of={Organisation.Jasmin}&in=2026-09");
        await Expect(page.GetByText("a grade's receipt knows no filters")).ToBeVisibleAsync();
        Assert.Contains(Host.Gateway.Calls, c => c.StartsWith(
            "GET /api/scoring/history?type=Lien", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_sorted_by_name_or_by_a_months_grade_and_months_can_be_taken_away()
    {
        var page = await OpenAsync();
        var names = await page.GetByRole(AriaRole.Rowheader).AllInnerTextsAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Agent" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(names.Reverse());
        await page.GetByRole(AriaRole.Link, new() { Name = "Oct", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Oct" }))
            .ToHaveAttributeAsync("aria-sort", "descending");
        var grades = await page.Locator("tbody tr td:nth-of-type(11)").AllInnerTextsAsync();
        var letters = grades.Select(g => g.Trim()[..1]).ToList();
        Assert.Equal(
            letters.OrderBy(g => g[0] < 'A' || g[0] > 'D').ThenByDescending(g => g, StringComparer.Ordinal), letters);
        await page.GetByText("Columns").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Jan" }).UncheckAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Jan" })).ToHaveCountAsync(0);
        Assert.Equal($"{Host.Address}/history?sort=10&desc=true&column=01", page.Url);
    }

    [Fact]
    public async Task The_year_goes_out_as_csv()
    {
        var page = await OpenAsync();
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("Agent,Declining since,2026-01", lines[0][..29]);
        Assert.Contains(lines, l => l.StartsWith("Don Goodliffe,2026-08,", StringComparison.Ordinal)
            && l.Contains(",A,B,C,D,", StringComparison.Ordinal));
    }

    private async Task<IPage> OpenAsync(string path = "/history")
    {
        var page = await Host.OpenAsync("supervisor", path);
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        return page;
    }
}
