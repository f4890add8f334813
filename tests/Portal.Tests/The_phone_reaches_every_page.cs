using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class The_phone_reaches_every_page(PortalHost host) : PortalTest(host)
{
    [Theory]
    [InlineData("supervisor")]
    [InlineData("admin")]
    public async Task What_does_not_fit_the_bottom_bar_is_behind_more_also_on_a_low_screen(string user)
    {
        var desk = await Host.OpenAsync(user, "/pipeline");
        var labels = await desk.GetByRole(AriaRole.Navigation, new() { Name = "Main", Exact = true })
            .GetByRole(AriaRole.Listitem).AllInnerTextsAsync();

        var page = await Host.OpenAsync(user, "/pipeline", width: 390, height: 480);
        var bar = page.GetByRole(AriaRole.Navigation, new() { Name = "Main, phone" });
        Assert.Equal(4, await bar.GetByRole(AriaRole.Link).CountAsync());
        await bar.GetByLabel("More pages").ClickAsync();
        await Expect(bar.GetByRole(AriaRole.Link)).ToHaveCountAsync(labels.Count);
        var sheet = (await bar.Locator(".sheet").BoundingBoxAsync())!;
        Assert.True(sheet.Y >= 0, "the sheet runs out of the screen");
        await bar.GetByRole(AriaRole.Link, new() { Name = "Inbox" }).ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/inbox");
        await Expect(bar.Locator(".sheet")).ToBeHiddenAsync();
    }
}
