using System.Text.Json;
using Microsoft.Playwright;
using Performance.Portal.Api;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Backing_up(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task The_document_is_downloaded_and_the_mirror_says_how_it_is()
    {
        Host.Gateway.Mirror = new BackupMirror(false, null, null, false, null);
        var page = await Host.OpenAsync("admin", "/backup");
        var file = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Export backup" }).ClickAsync());
        Assert.Equal("tt-portal-data-2026-11-22.json", file.SuggestedFilename);

        await Expect(page.GetByText("PERFORMANCE_SHARED_FOLDER")).ToBeVisibleAsync();
        var written = TimeProvider.System.GetUtcNow().AddSeconds(-30);
        Host.Gateway.Mirror = new BackupMirror(true, "Titles", written, false, null);
        await Expect(page.GetByText("up to date")).ToBeVisibleAsync();
        await Expect(page.GetByText("Last written: 3")).ToContainTextAsync(" s ago");
        Host.Gateway.Mirror = new BackupMirror(true, "Titles", written, true, "The folder is read-only.");
        await Expect(page.GetByText("The folder is read-only.")).ToBeVisibleAsync();
        await Expect(page.GetByText("cannot be written")).ToBeVisibleAsync();
        Host.Gateway.Failing["/api/coaching/backup/mirror"] = 503;
        await Expect(page.GetByText("reconnecting").First).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        Host.Gateway.Mirror = new BackupMirror(true, "Titles", null, true, null);
        await Expect(page.GetByText("Last written: never yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_backup_is_checked_confirmed_and_imported_and_one_owner_that_fails_is_tried_again()
    {
        Host.Gateway.Backup.Clear();
        var page = await Host.OpenAsync("admin", "/backup");
        await BackupFiles.ShowRefusalsAsync(page);
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Coaching logs 2 1 0 0 1" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Overrides 2 ticket" })).ToContainTextAsync(
            "is not here: import the tickets first");
        var csv = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Left-out entries (CSV)" }).ClickAsync());
        Assert.Contains(
            "Coaching logs,2,aaaaaaaa-0000-4000-8000-000000000002,notes,is missing",
            await File.ReadAllTextAsync(await csv.PathAsync()));
        Assert.Empty(Host.Gateway.Backup);

        Host.Gateway.Failing["/api/tickets/backup"] = 503;
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 3 entries…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Import tt-portal-data.json?" })
            .GetByRole(AriaRole.Button, new() { Name = "Import 3 entries" }).ClickAsync();
        await Expect(page.GetByText("Ticket data could not be imported.")).ToBeVisibleAsync();
        await Expect(page.GetByText("is imported in part")).ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import ticket data again" }).ClickAsync();
        await Expect(page.GetByText("3 entries went in")).ToBeVisibleAsync();
        Assert.Equal(3, Host.Gateway.Backup.Count);
        Assert.Single(Host.Gateway.Calls, call => call == "POST /api/coaching/backup");

        await BackupFiles.ChooseAsync(page, BackupFiles.Backup);
        await Expect(page.GetByText("There is nothing to import.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_of_the_old_portal_is_mapped_confirmed_and_imported_once()
    {
        Host.Gateway.Backup.Clear();
        var page = await Host.OpenAsync("admin", "/backup");
        foreach (var (bad, words) in new[]
        {
            ("{ \"coachingLogs\": [", "It is no valid JSON"), ("[" + new string('[', 500), "nested more than"),
            ("{ \"a\": [1, 2, {}], \"b\": \"x\" }", "No list of entries was found in it.")
        })
        {
            await BackupFiles.ChooseAsync(page, bad, "bad.json");
            await Expect(page.GetByText(words)).ToBeVisibleAsync();
        }

        await BackupFiles.ShowMappingAsync(page);
        var logs = page.GetByRole(AriaRole.Region, new() { Name = "coachingLogs › each key › each 1 entry" });
        await Expect(logs.GetByLabel("These are")).ToHaveValueAsync("CoachingLogs");
        await Expect(logs.GetByLabel("Ticket number")).ToHaveValueAsync("=key 1");
        await logs.GetByLabel("Notes *").SelectOptionAsync("");
        await Expect(logs.GetByText("Notes: choose where it stands.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "See what would change" })).ToBeDisabledAsync();
        await logs.GetByLabel("Notes *").SelectOptionAsync("=notes");
        Assert.DoesNotContain(Host.Gateway.Calls, call => call.Contains("backup?"));

        await CheckAndImportAsync(page);
        Assert.Equal(["agents", "agents", "attendance", "attendance", "coachingLogs", "overrides", "productivity",
            "rampPlans"], Host.Gateway.Backup.Keys.Select(k => k.Section).Order());
        var log = JsonDocument.Parse(
            Host.Gateway.Backup.Single(e => e.Key.Section == "coachingLogs").Value).RootElement;
        // Found in the directory and among the tickets, whatever the old file's spelling.
        Assert.Equal(Fakes.Organisation.Jasmin, log.GetProperty("agentId").GetGuid());
        Assert.Equal(new Guid("33333333-0000-4000-8000-000000000003"), log.GetProperty("ticketId").GetGuid());

        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the mapping" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "See what would change" }).ClickAsync();
        await Expect(page.GetByText("There is nothing to import.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Only_admins_see_it()
    {
        var page = await Host.OpenAsync("supervisor", "/backup");
        await Expect(page.GetByText("This page is not for your role.")).ToBeVisibleAsync();
    }

    private static async Task CheckAndImportAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "See what would change" }).ClickAsync();
        await Expect(page.GetByText("One name is not in the directory")).ToBeVisibleAsync();
        await Expect(page.GetByText("is no number from 0 to 100: “often”")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 8 entries…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Import 8 entries" })
            .ClickAsync();
        await Expect(page.GetByText("8 entries went in")).ToBeVisibleAsync();
    }
}
