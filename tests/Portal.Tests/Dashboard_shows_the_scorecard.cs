using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Dashboard_shows_the_scorecard(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_supervisor_sees_every_agent_and_the_unassigned_last()
    {
        var page = await host.OpenAsync("supervisor");
        page.Console += (_, m) => Console.WriteLine("CONSOLE " + m.Text);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard" })).ToBeVisibleAsync();
        try {
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Jasmin Reyes" })).ToBeVisibleAsync();
        } finally { await page.ScreenshotAsync(new() { Path = "/tmp/shot.png" }); }
    }
}
