using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Dashboard_answers_questions(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task Filters_apply_together_stand_in_the_address_and_go_as_chips()
    {
        var page = await OpenAsync();
        await ChooseAsync(page, "Type", "Lien release");
        await ChooseAsync(page, "State", "Texas");
        await ChooseAsync(page, "State", "Oregon");
        await Waits.UntilAsync(
            () => page.Url == $"{Host.Address}/dashboard?type=Lien%20release&state=Texas&state=Oregon");
        var expected = Host.Gateway.Data.Tickets.Count(
            t => t is { Type: "Lien release", State: "Texas" or "Oregon" });
        await Expect(page.GetByLabel($"Total allocated: {expected}")).ToBeVisibleAsync();

        var shared = await Host.OpenAsync("supervisor", new Uri(page.Url).PathAndQuery);
        await Expect(shared.GetByLabel($"Total allocated: {expected}")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove State: Texas" }).ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/dashboard?type=Lien%20release&state=Oregon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear all" }).ClickAsync();
        await Expect(page.GetByLabel("Total allocated: 1,400")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_unassigned_row_is_last_however_it_is_sorted()
    {
        var page = await OpenAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader).Last).ToHaveTextAsync("Unassigned");
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Allocated" }).GetByRole(AriaRole.Link).ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/dashboard?sort=allocated&desc=true");
        await Expect(page.GetByRole(AriaRole.Rowheader).Last).ToHaveTextAsync("Unassigned");
        var counts = await page.GetByRole(AriaRole.Region, new() { Name = "Operational owner scorecard" })
            .Locator("tbody tr:not(:last-child) td:nth-of-type(1)").AllInnerTextsAsync();
        Assert.Equal(counts.OrderByDescending(int.Parse), counts);
    }

    [Fact]
    public async Task Columns_can_be_taken_away()
    {
        var page = await OpenAsync();
        await page.GetByText("Columns").ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Columns" }).GetByLabel("Excused").UncheckAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Excused" })).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Excused" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_table_goes_out_as_csv()
    {
        var page = await OpenAsync();
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.StartsWith("Agent,Allocated,On hold,First-pass,Failed first-pass", lines[0]);
        Assert.Equal(Host.Gateway.Data.Agents.Count + 1, lines.Length - 1);
        Assert.Contains(lines, line => line.StartsWith("Jasmin Reyes,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slash_goes_to_the_search_and_question_mark_lists_the_keys()
    {
        var page = await OpenAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("jasmin");
        await Expect(page.GetByText("1 of 18 agents")).ToBeVisibleAsync();
        await page.GetByLabel("Find an agent").BlurAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_grade_tile_tells_rate_base_and_drop_on_hover_and_focus()
    {
        var page = await OpenAsync();
        var tile = page.GetByLabel("grade of Jasmin Reyes");
        await tile.HoverAsync();
        var tip = page.GetByRole(AriaRole.Tooltip);
        await Expect(tip).ToContainTextAsync("Failed first-pass rate");
        await Expect(tip).ToContainTextAsync("1 (attendance 89.0 %)");
        await page.Mouse.MoveAsync(5, 500);
        await Expect(tip).ToBeHiddenAsync();
        await tile.FocusAsync();
        await Expect(tip).ToContainTextAsync("Base grade");
    }

    [Fact]
    public async Task Attendance_is_typed_into_the_cell_and_can_be_undone()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard?month=2026-10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Attendance of Jasmin Reyes: 89.0 %, change" })
            .ClickAsync();
        await page.GetByLabel("Attendance % of Jasmin Reyes, Oct 2026").FillAsync("97.5");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Attendance of Jasmin Reyes, Oct 2026: 97.5 %.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Attendance of Jasmin Reyes: 97.5 %, change")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
        await Expect(page.GetByLabel("Attendance of Jasmin Reyes: 89.0 %, change")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_department_head_looks_but_changes_nothing()
    {
        var page = await Host.OpenAsync("head", $"/dashboard?panel=failedFirstPass&of={Organisation.Jasmin}");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Excuse" })).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("change")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Jasmin Reyes" })).ToBeVisibleAsync();
        return page;
    }

    private static async Task ChooseAsync(IPage page, string filter, string value)
    {
        var menu = page.GetByRole(AriaRole.Group, new() { Name = "Filters" }).Locator("details").Filter(
            new() { HasText = filter }).First;
        if (await menu.GetAttributeAsync("open") is null)
        {
            await menu.Locator("summary").ClickAsync();
        }

        await page.GetByRole(AriaRole.Group, new() { Name = filter, Exact = true }).GetByLabel(value).CheckAsync();
    }
}
