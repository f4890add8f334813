using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Dashboard_is_live(PortalHost host) : PortalTest(host)
{
    private Organisation Data => Host.Gateway.Data;

    [Fact]
    public async Task A_rejection_shows_without_a_reload_and_the_changed_cell_glows()
    {
        var page = await OpenAsync();
        var row = Row(page, "Beth Anglin");
        var before = int.Parse(await row.GetByRole(AriaRole.Cell).Nth(7).InnerTextAsync());
        Reject("Beth Anglin");
        await Expect(row.GetByRole(AriaRole.Cell).Nth(7)).ToHaveTextAsync((before + 1).ToString());
        await Expect(row.Locator("td[class*=glow]").First).ToBeVisibleAsync();
        await Expect(Row(page, "David Loo").Locator("td[class*=glow]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Rows_keep_their_place_until_they_are_sorted_again()
    {
        var page = await OpenAsync("/dashboard?sort=rejectEvents&desc=true");
        var heads = page.GetByRole(AriaRole.Rowheader);
        var order = await heads.AllInnerTextsAsync();
        var last = order[^2];
        for (var i = 0; i < 40; i++)
        {
            Reject(last, quietly: true);
        }

        Host.Gateway.Live.Tell("scorecard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sort again" }).WaitForAsync();
        Assert.Equal(order, await heads.AllInnerTextsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sort again" }).ClickAsync();
        await Expect(heads.First).ToHaveTextAsync(last);
    }

    [Fact]
    public async Task A_broken_stream_is_taken_up_where_it_was_and_nothing_is_missed()
    {
        var page = await OpenAsync();
        Host.Gateway.Calls.Clear();
        Host.Gateway.Live.Tell("scorecard");
        await Waits.UntilAsync(
            () => Host.Gateway.Calls.Any(c => c.StartsWith("GET /api/scoring/scorecard", StringComparison.Ordinal)));
        Host.Gateway.Live.ResumedFrom.Clear();
        Host.Gateway.Live.Break();
        Reject("Charlie Whitherspoon", quietly: true);
        await Expect(Row(page, "Charlie Whitherspoon").Locator("td[class*=glow]").First).ToBeVisibleAsync();
        Assert.Contains(Host.Gateway.Live.ResumedFrom, id => long.Parse(id ?? "0") > 0);
    }

    [Fact]
    public async Task While_the_service_is_away_the_last_data_stays_and_it_recovers_by_itself()
    {
        var page = await OpenAsync();
        Host.Gateway.Failing["/api/scoring"] = 503;
        Host.Gateway.Live.Break();
        await Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await Expect(Row(page, "Jasmin Reyes")).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_service_that_is_away_at_first_is_asked_again_until_it_answers()
    {
        Host.Gateway.Failing["/api/scoring/scorecard"] = 500;
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        await Expect(page.GetByText("The service is not available right now.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Trace id")).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await Expect(Row(page, "Jasmin Reyes")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_slow_service_leaves_skeletons_and_never_a_blank_page()
    {
        var answer = new TaskCompletionSource();
        Host.Gateway.Waiting["/api/scoring/scorecard"] = answer.Task;
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Loading…").First).ToBeAttachedAsync();
        Host.Gateway.Waiting.Clear();
        answer.SetResult();
        await Expect(Row(page, "Jasmin Reyes")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_may_not_is_told_who_can_grant_it()
    {
        Host.Gateway.Failing["/api/scoring/scorecard"] = 403;
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        await Expect(page.GetByText("A supervisor of the team or an admin can give you access")).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string path = "/dashboard")
    {
        var page = await Host.OpenAsync("supervisor", path);
        await Expect(Row(page, "Jasmin Reyes")).ToBeVisibleAsync();
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        return page;
    }

    private void Reject(string name, bool quietly = false)
    {
        var agent = Data.Agents.Single(a => a.Name == name).Id;
        Data.Tickets.First(t => t.Agent == agent && t.Closed is not null).Rejections
            .Add(new FakeRejection(Guid.NewGuid(), "Wrong fee", TimeProvider.System.GetUtcNow()));
        if (!quietly)
        {
            Host.Gateway.Live.Tell("scorecard");
        }
    }

    private static ILocator Row(IPage page, string agent) => page.GetByRole(AriaRole.Row)
        .Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = agent, Exact = true }) });
}
