using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

/// <summary>Files for the Backup page, and how one is chosen.</summary>
internal static class BackupFiles
{
    /// <summary>Three entries that are good and one that each owner refuses.</summary>
    public const string Backup =
        """
        {
          "format": "performance-portal-data", "version": 1, "exportedAt": "2026-11-20T17:00:00Z",
          "agents": [{ "id": "11111111-0000-4000-8000-000000000001", "name": "Jasmin Reyes" }],
          "coachingLogs": [
            { "id": "aaaaaaaa-0000-4000-8000-000000000001", "agentId": "11111111-0000-4000-8000-000000000001",
              "date": "2026-10-05", "notes": "Fees.", "by": "sam", "at": "2026-10-05T18:00:00Z" },
            { "id": "aaaaaaaa-0000-4000-8000-000000000002", "agentId": "11111111-0000-4000-8000-000000000001",
              "date": "2026-10-06" }],
          "attendance": [], "rampPlans": [],
          "overrides": [
            { "id": "bbbbbbbb-0000-4000-8000-000000000001", "reason": "County error",
              "ticket": { "externalId": "TT-100003", "source": "clickup" } },
            { "id": "bbbbbbbb-0000-4000-8000-000000000002", "reason": "County error",
              "ticket": { "externalId": "86a9k8j7h", "source": "clickup" } }],
          "productivity": []
        }
        """;

    /// <summary>As the old portal may have written it; nobody says so.</summary>
    public const string Old =
        """
        {
          "version": 3, "theme": "dark",
          "coachingLogs": { "TT-100003": [
            { "agent": "jasmin  reyes", "date": "10/5/2026", "supervisor": "Sam", "notes": "Check the fee twice.",
              "actionItem": "Send two examples", "savedAt": 1791223200000 }] },
          "overrides": { "TT-100004": { "supervisor": "Sam", "reason": "County error",
            "timestamp": "2026-10-06T18:00:00.000Z" } },
          "attendance": { "Jasmin Reyes": { "2026-09": 95, "2026-10": "89%" }, "Zoe New": { "2026-10": "often" } },
          "rampPlans": { "Zoe New": "2026-08" },
          "productivity": [
            { "agent": "Zoe New", "date": "2026-11-02", "notes": "Slow day.", "rows": [
              { "accessId": "1HGCM82633A004352", "status": "Done", "client": "Fleet", "comments": "" },
              { "accessId": "1HGCM82633A004353", "status": "Sent", "client": "Fleet" }] }]
        }
        """;

    public static Task ChooseAsync(IPage page, string text, string name = "tt-portal-data.json") =>
        page.GetByLabel("browse").SetInputFilesAsync(new FilePayload
        {
            Name = name, MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(text)
        });

    public static async Task ShowMappingAsync(IPage page)
    {
        await ChooseAsync(page, Old);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "See what would change" })).ToBeEnabledAsync();
    }

    public static async Task ShowRefusalsAsync(IPage page)
    {
        await ChooseAsync(page, Backup);
        await Expect(page.GetByText("is checked; nothing is imported yet")).ToBeVisibleAsync();
    }
}
