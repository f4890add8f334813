using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Synchronising(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task A_run_is_started_and_followed_to_its_end()
    {
        var page = await Host.OpenAsync("admin", "/sync");
        await Expect(page.GetByText("Enter a valid one.").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await Expect(page.GetByText("reading from ClickUp")).ToBeVisibleAsync();
        await Expect(page.GetByText("Goes on in 9 s.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Completed 243" }))
            .ToBeVisibleAsync();
        await Expect(page.GetByText("The last run failed.", new() { Exact = true })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Settings_are_saved_without_the_token_that_is_stored()
    {
        var page = await Host.OpenAsync("admin", "/sync");
        await Expect(page.GetByLabel("New token")).ToHaveValueAsync("");
        await page.GetByLabel("Minutes between runs").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Expect(page.GetByText("The settings of the sync are saved.")).ToBeVisibleAsync();
        Assert.Equal((30, null), (Host.Gateway.Sync.IntervalMinutes, Host.Gateway.SyncToken));
    }

    [Fact]
    public async Task Another_address_asks_for_the_token_beside_its_field_and_loses_nothing()
    {
        var page = await Host.OpenAsync("admin", "/sync");
        await page.GetByLabel("Base address").FillAsync("https://relay.example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Expect(page.GetByText("The token has to be given again with another address")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Base address")).ToHaveValueAsync("https://relay.example.org");
        await page.GetByLabel("New token").FillAsync("pk_new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Expect(page.GetByText("The settings of the sync are saved.")).ToBeVisibleAsync();
        Assert.Equal("pk_new", Host.Gateway.SyncToken);
    }

    [Fact]
    public async Task Before_its_first_run_it_says_what_to_do_and_runs_nothing()
    {
        var before = Host.Gateway.SyncBegins();
        try
        {
            var page = await Host.OpenAsync("admin", "/sync");
            await Expect(page.GetByText("not set up")).ToBeVisibleAsync();
            await Expect(page.GetByText("Enter the workspace and a token below")).ToBeVisibleAsync();
            await Expect(page.GetByText("No run yet")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run now" })).ToBeDisabledAsync();
        }
        finally
        {
            before();
        }
    }

    [Fact]
    public async Task While_the_service_is_away_it_says_so_keeps_what_was_typed_and_comes_back()
    {
        Host.Gateway.Failing["/api/tickets/sync"] = 503;
        var page = await Host.OpenAsync("admin", "/sync");
        await Expect(page.GetByText("The service is not available right now.")).ToHaveCountAsync(2);
        Host.Gateway.Failing.Clear();
        await page.GetByLabel("Minutes between runs").FillAsync("45");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Last runs" }).First).ToBeVisibleAsync();

        Host.Gateway.Failing["/api/tickets/sync"] = 503;
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Minutes between runs")).ToHaveValueAsync("45");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Last runs" }).First).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Expect(page.GetByText("The settings of the sync are saved.")).ToBeVisibleAsync();
        Assert.Equal(45, Host.Gateway.Sync.IntervalMinutes);
    }

    [Fact]
    public async Task Only_admins_see_it()
    {
        var page = await Host.OpenAsync("supervisor", "/sync");
        await Expect(page.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }
}
