using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Comparing_teams(PortalHost host) : PortalTest(host)
{
    private const string October = "/department?month=2026-10";

    [Fact]
    public async Task A_head_lands_on_it_and_each_number_opens_its_list()
    {
        var page = await Host.OpenAsync("head");
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/department");
        await page.GetByLabel("Month").SelectOptionAsync("2026-10");
        await Waits.UntilAsync(() => page.Url == Host.Address + October);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Operations" })).ToBeVisibleAsync();
        await Expect(page.GetByText("2 teams, tickets created in Oct 2026")).ToBeVisibleAsync();

        var titles = Row(page, "Titles");
        foreach (var (name, href) in new[]
        {
            ("Titles", "/dashboard?month=2026-10&team=titles"),
            ("Allocated of Titles", "/dashboard?month=2026-10&team=titles&panel=allocated&of=all"),
            ("Failed first-pass rate % of Titles", "/dashboard?month=2026-10&team=titles&panel=failedFirstPass&of=all"),
            ("Open tickets, now of Titles", "/pipeline?team=titles"),
            ("Open too long, now of Titles", "/dashboard?team=titles&panel=oldTickets&of=all"),
            ("Grade D of Titles", "/dashboard?month=2026-10&team=titles&sort=grade&desc=true"),
            ("Agents who decline of Titles", "/history?team=titles&year=2026&declining=true"),
            ("People of Titles", "/department?month=2026-10&panel=people&of=titles")
        })
        {
            var link = titles.GetByRole(AriaRole.Link, new() { Name = name, Exact = name == "Titles" });
            await Expect(link).ToHaveAttributeAsync("href", href);
        }

        await titles.GetByRole(AriaRole.Link, new() { Name = "Open too long" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Open too long" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove Team: titles" })).ToBeAttachedAsync();
        Assert.Contains(Host.Gateway.Calls, c => c.Contains("/api/scoring/escalations?") && c.Contains("team=titles"));
    }

    [Fact]
    public async Task It_says_who_needs_somebody_and_who_has_reviewed_the_week()
    {
        var page = await Host.OpenAsync("head", October + "&week=2026-W46");
        var coach = page.GetByRole(AriaRole.Region, new() { Name = "To be coached" });
        var first = coach.GetByRole(AriaRole.Listitem).First;
        await Expect(first).ToContainTextAsync("D");
        var receipt = await first.GetByRole(AriaRole.Link).First.GetAttributeAsync("href");
        Assert.Matches(@"^/dashboard\?month=2026-10&team=(titles|tags)&panel=grade&of=[0-9a-f-]{36}$", receipt!);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Declining" }))
            .ToContainTextAsync("Don Goodliffe");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new(@"^Titles: \d+ over 25 days") }))
            .ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "kim" })).ToContainTextAsync("9 of 9");
        await Expect(page.GetByText("No review begun for Tags and renewals.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Reviews of the week before" }).ClickAsync();
        await Expect(page.GetByText("No review begun for Tags and renewals, Titles.")).ToBeVisibleAsync();
        await Waits.UntilAsync(() => page.Url.EndsWith("week=2026-W45", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_sorted_by_a_head_and_stays_in_place_while_it_is_live()
    {
        var page = await Host.OpenAsync("head", October);
        var heads = page.GetByRole(AriaRole.Region, new() { Name = "Teams side by side" })
            .GetByRole(AriaRole.Rowheader);
        await Expect(heads).ToHaveTextAsync(["Tags and renewals", "Titles", "All teams"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Allocated", Exact = true }).ClickAsync();
        await Expect(heads).ToHaveTextAsync(["Titles", "Tags and renewals", "All teams"]);
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Allocated" }))
            .ToHaveAttributeAsync("aria-sort", "descending");
        Assert.EndsWith("month=2026-10&sort=allocated&desc=true", page.Url);

        var open = Row(page, "Titles").GetByRole(AriaRole.Link, new() { Name = "Open tickets, now of Titles" });
        var before = int.Parse(await open.InnerTextAsync());
        Host.Gateway.Data.Tickets.First(t => t.Agent == Organisation.Jasmin && t.Closed is not null).Closed = null;
        Host.Gateway.Live.Tell("pipeline");
        await Expect(open).ToHaveTextAsync($"{before + 1}");
        await Expect(Row(page, "Titles").Locator("td[class*=glow]").First).ToBeVisibleAsync();
        await Expect(heads).ToHaveTextAsync(["Titles", "Tags and renewals", "All teams"]);
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.StartsWith("Team,People,Allocated,Processed,Failed first-pass rate %,", lines[0]);
        Assert.Equal(["Titles", "Tags and renewals", "All teams"], lines.Skip(1).Select(l => l.Split(',')[0]));
    }

    [Fact]
    public async Task An_admin_chooses_the_department_and_back_closes_a_list_on_the_phone()
    {
        var page = await Host.OpenAsync("admin", October, width: 390, height: 844);
        await page.GetByLabel("Department", new() { Exact = true }).SelectOptionAsync("operations");
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}{October}&department=operations");
        await Row(page, "Titles").GetByRole(AriaRole.Link, new() { Name = "People of Titles" }).ClickAsync();
        var people = page.GetByRole(AriaRole.Dialog, new() { Name = "People · Titles" });
        await Expect(people.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        await page.GoBackAsync();
        await Expect(people).ToBeHiddenAsync();
        await page.GetByLabel("Department", new() { Exact = true }).SelectOptionAsync("field-offices");
        await Expect(page.GetByText("No team in this department yet")).ToBeVisibleAsync();
        Assert.Contains(
            "GET /api/scoring/department?month=2026-10&department=field-offices", Host.Gateway.Calls);
    }

    [Fact]
    public async Task Who_has_no_department_or_no_right_is_told_so_and_a_service_that_is_away_is_asked_again()
    {
        Host.Gateway.Failing["/api/scoring/department"] = 503;
        var page = await Host.OpenAsync("head", October);
        await Expect(page.GetByText("The service is not available right now.")).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await Expect(Row(page, "Titles")).ToBeVisibleAsync();

        Host.Gateway.Calls.Clear();
        page = await Host.OpenAsync("new-head", "/department");
        await Expect(page.GetByText("You are not assigned to a department yet")).ToBeVisibleAsync();
        Assert.DoesNotContain(
            Host.Gateway.Calls, c => c.StartsWith("GET /api/scoring/department", StringComparison.Ordinal));
        page = await Host.OpenAsync("supervisor", "/department");
        await Expect(page.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }

    private static ILocator Row(IPage page, string team) => page
        .GetByRole(AriaRole.Region, new() { Name = "Teams side by side" })
        .GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = team }) });
}
