using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Importing(PortalHost host) : PortalTest(host)
{
    private const string Log =
        "number,incident_state,sys_updated_at,assigned_to\n"
        + "INC1,New,1/3/2016 09:00,Ann\nINC1,Closed,2/3/2016 09:00,Ann\n";

    [Fact]
    public async Task A_log_is_previewed_mapped_posted_by_the_browser_and_followed_to_its_end()
    {
        var page = await Host.OpenAsync("supervisor", "/import");
        await ChooseAsync(page, "incidents.csv", Log);
        await Expect(page.GetByText("event-log", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Status *")).ToHaveValueAsync("incident_state");
        await page.GetByLabel("Source").FillAsync("servicenow");
        await page.GetByLabel("Sent back from").FillAsync("Resolved, Closed");
        await page.GetByLabel("Rejection label").FillAsync("Sent back from {from}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await Expect(page.GetByText("Completed").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "See the scorecard" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Refused rows" })).ToBeVisibleAsync();
        var (name, size, mapping) = Host.Gateway.Posted!.Value;
        Assert.Equal(("incidents.csv", Encoding.UTF8.GetByteCount(Log)), (name, (int)size));
        Assert.Contains("\"from\": [", mapping);
        Assert.Contains("\"source\": \"servicenow\"", mapping);
        // The page can be loaded again: the address says which import it shows.
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "incidents.csv" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_mapping_can_be_edited_as_json_and_wrong_json_is_said()
    {
        var page = await Host.OpenAsync("supervisor", "/import");
        await ChooseAsync(page, "incidents.csv", Log);
        await page.GetByText("As JSON", new() { Exact = true }).ClickAsync();
        var json = page.GetByLabel("Mapping as JSON");
        await json.FillAsync("{ nonsense");
        await json.BlurAsync();
        await Expect(page.GetByText("This is not valid JSON (line 1).")).ToBeVisibleAsync();
        await json.FillAsync("""{ "profile": "event-log", "ticketId": "number", "status": "assigned_to" }""");
        await json.BlurAsync();
        await Expect(page.GetByLabel("Status *")).ToHaveValueAsync("assigned_to");
    }

    [Fact]
    public async Task A_file_that_cannot_be_taken_is_said_in_words_and_can_be_tried_again()
    {
        var page = await Host.OpenAsync("supervisor", "/import");
        await ChooseAsync(page, "incidents.csv", Log);
        Host.Gateway.Failing["/api/tickets/imports"] = 503;
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(
            page.GetByText("The service is not available right now. Try again in a moment; nothing was imported."))
            .ToBeVisibleAsync();
        Host.Gateway.Failing.Clear();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "incidents.csv" })).ToBeVisibleAsync();
    }

    private static async Task ChooseAsync(IPage page, string name, string text)
    {
        await page.GetByLabel("browse").SetInputFilesAsync(new FilePayload
        {
            Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text)
        });
        await Expect(page.GetByText("The first rows as understood")).ToBeVisibleAsync();
    }
}
