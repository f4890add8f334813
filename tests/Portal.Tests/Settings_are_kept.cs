using Microsoft.Playwright;
using Performance.Portal.Api;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Settings_are_kept(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task Labels_are_grouped_into_a_category_and_the_toast_takes_it_back()
    {
        var page = await Host.OpenAsync("admin", "/settings");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a category" }).ClickAsync();
        var name = page.GetByRole(AriaRole.Textbox, new() { Name = "Category" });
        await name.FillAsync("Money and VIN");
        await name.BlurAsync();
        foreach (var label in new[] { "Wrong fee", "Bad VIN" })
        {
            await page.GetByLabel("Add a label to Money and VIN").SelectOptionAsync(label);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Save the categories" }).ClickAsync();
        await Expect(page.GetByText("The defect categories are saved.")).ToBeVisibleAsync();
        Assert.Equal(
            ["Money and VIN: Wrong fee, Bad VIN"],
            Host.Gateway.Settings.DefectCategories.Select(g => $"{g.Category}: {string.Join(", ", g.Labels)}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Waits.UntilAsync(() => Host.Gateway.Settings.DefectCategories.Count == 0);
    }

    [Fact]
    public async Task A_zone_that_is_none_is_said_beside_its_field_and_nothing_is_lost()
    {
        var page = await Host.OpenAsync("admin", "/settings");
        await page.GetByLabel("Business time zone").FillAsync("Pacific");
        await page.GetByLabel("Sat", new() { Exact = true }).CheckAsync();
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });
        await save.ClickAsync();
        await Expect(page.GetByText("The time zone is not an IANA time zone")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Business time zone")).ToHaveValueAsync("Pacific");
        await page.GetByLabel("Business time zone").FillAsync("America/Denver");
        await save.ClickAsync();
        await Expect(page.GetByText("The settings are saved.")).ToBeVisibleAsync();
        Assert.Equal(
            ("America/Denver", 6), (Host.Gateway.Settings.BusinessZone, Host.Gateway.Settings.WorkingWeekdays.Count));
    }

    [Fact]
    public async Task What_another_admin_saves_is_said_and_overwrites_nothing_that_is_being_typed()
    {
        var page = await Host.OpenAsync("admin", "/settings");
        await page.GetByLabel("Business time zone").FillAsync("America/Chicago");
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        Host.Gateway.Settings = Host.Gateway.Settings with
        {
            BusinessZone = "Asia/Manila", Version = Host.Gateway.Settings.Version + 1
        };
        Host.Gateway.Live.Tell("settings");
        await Expect(page.GetByText("Somebody else has changed the settings.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Business time zone")).ToHaveValueAsync("America/Chicago");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Somebody changed this meanwhile.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what holds now" }).ClickAsync();
        await Expect(page.GetByLabel("Business time zone")).ToHaveValueAsync("Asia/Manila");
    }
}
