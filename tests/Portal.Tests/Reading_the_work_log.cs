using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Performance.Portal.Api;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Reading_the_work_log(PortalHost host) : PortalTest(host)
{
    private const string November = "/work-log?month=2026-11";

    private Agent Don => Host.Gateway.Data.Agents.Single(a => a.Name == "Don Goodliffe");

    [Fact]
    public async Task A_supervisor_sees_all_days_by_colour_and_word_and_reads_what_was_done()
    {
        var days = Host.Gateway.Data.Log.Values.Where(d => d.AgentId == Don.Id).OrderBy(d => d.Date).ToList();
        var page = await OpenAsync(November);
        var row = page.GetByRole(AriaRole.Row, new() { Name = "Don Goodliffe" });
        foreach (var day in days)
        {
            var words = day.Entries.Count switch { >= 20 => "at target", >= 15 => "near target", _ => "below target" };
            var link = row.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($@", Nov {day.Date.Day}\b") });
            await Expect(link).ToHaveTextAsync($"{day.Entries.Count}");
            await Expect(link).ToHaveAttributeAsync("title", words);
        }

        var average = days.Average(d => (decimal)d.Entries.Count);
        await Expect(row).ToContainTextAsync($"{average:0.0}/20");
        await row.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@", Nov 12\b") }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Work of Don Goodliffe" });
        await Expect(panel.GetByText("Half a day at the county's counter.")).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(
            days.Single(d => d.Date.Day == 12).Entries.Count);
        await Expect(panel.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
        Assert.Equal($"{Host.Address}{November}&of={Don.Id}&on=2026-11-12", page.Url);
        await page.GoBackAsync();
        await Expect(panel).ToBeHiddenAsync();

        Host.Gateway.Log(Don.Id, new DateOnly(2026, 11, 12), null, [new("1", "VIN", null, null, null)]);
        Host.Gateway.Live.Tell("scorecard");
        await Expect(row.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@", Nov 12\b") })).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task It_is_sorted_narrowed_and_taken_along_as_a_file()
    {
        var page = await OpenAsync(November);
        await page.GetByRole(AriaRole.Link, new() { Name = "Entries", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Entries" }))
            .ToHaveAttributeAsync("aria-sort", "descending");
        var most = Host.Gateway.Data.Log.Values.Where(d => d.Date.Month == 11).GroupBy(d => d.AgentId)
            .MaxBy(g => g.Sum(d => d.Entries.Count))!.Key;
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToHaveTextAsync(Host.Gateway.Data.NameOf(most)!);
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.StartsWith("Agent,Daily average,Target,Entries,2026-11-02", lines[0].TrimStart('\uFEFF'));
        Assert.StartsWith(Host.Gateway.Data.NameOf(most)!, lines[1]);

        await page.GetByText("Assignee", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Don Goodliffe" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(["Don Goodliffe"]);
        await page.GotoAsync("/work-log?month=2026-01");
        await Expect(page.GetByText("No work is logged for these days")).ToBeVisibleAsync();
        await Expect(page.GetByText("With coaching")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_is_not_for_agents()
    {
        var page = await Host.OpenAsync("agent", "/work-log");
        await Expect(page.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await Host.OpenAsync("supervisor", path);
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        return page;
    }
}
