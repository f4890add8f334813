using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Administering(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task An_agent_is_put_into_a_team_and_gets_a_goal()
    {
        var page = await Host.OpenAsync("admin", "/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Priya Raman" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Priya Raman" });
        await panel.GetByLabel("Team").SelectOptionAsync("titles");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Priya Raman is saved.")).ToBeVisibleAsync();
        Assert.Equal("titles", Host.Gateway.Data.Agents.Single(a => a.Name == "Priya Raman").TeamId);

        await panel.GetByLabel("Goal per month").FillAsync("300000");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Set the goal" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Row, new() { Name = "Payments collected" })).ToContainTextAsync(
            "$300,000");
    }

    [Fact]
    public async Task Merging_asks_once_and_names_both()
    {
        var page = await Host.OpenAsync("admin", $"/people?tab=agents&agent={Organisation.Jasmin}");
        await page.GetByLabel("Record that is the same person").SelectOptionAsync(
            new SelectOptionValue { Label = "J. Reyes (without a team)" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge into Jasmin Reyes…" }).ClickAsync();
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Merge J. Reyes into Jasmin Reyes?" });
        await box.GetByRole(AriaRole.Button, new() { Name = "Merge J. Reyes" }).ClickAsync();
        await Expect(page.GetByText("J. Reyes is merged into Jasmin Reyes.")).ToBeVisibleAsync();
        Assert.Contains(Host.Gateway.Calls, call => call == "POST /api/coaching/agents/merge");
    }

    [Fact]
    public async Task A_refused_password_is_said_beside_its_field_and_nothing_typed_is_lost()
    {
        var page = await Host.OpenAsync("admin", "/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a user" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Add a user" });
        await panel.GetByLabel("User name").FillAsync("mei");
        await panel.GetByLabel("Password").FillAsync("short");
        await panel.GetByLabel("Supervisor").CheckAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Add the user" }).ClickAsync();
        await Expect(panel.GetByText("The password has fewer than 12 characters")).ToBeVisibleAsync();
        await Expect(panel.GetByLabel("User name")).ToHaveValueAsync("mei");
        await panel.GetByLabel("Password").FillAsync("long enough now");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Add the user" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "mei" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Removing_a_user_asks_once()
    {
        var page = await Host.OpenAsync("admin", "/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove supervisor" }).ClickAsync();
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Remove the user supervisor?" });
        await box.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(box).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "supervisor" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove supervisor" }).ClickAsync();
        await box.GetByRole(AriaRole.Button, new() { Name = "Remove supervisor" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "supervisor" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_key_is_shown_once()
    {
        var page = await Host.OpenAsync("admin", "/users");
        await page.GetByLabel("New key for").FillAsync("Payments");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Expect(page.GetByText("pk_demo_2b7e151628aed2a6abf7158809cf4f3c")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Payments" })).ToBeVisibleAsync();
        await Expect(page.GetByText("pk_demo_")).ToHaveCountAsync(0);
    }
}
