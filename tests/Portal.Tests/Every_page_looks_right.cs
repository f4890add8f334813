using System.Text.Json;
using Microsoft.Playwright;

namespace Performance.Portal;

/// <summary>
/// Each page in both themes and both widths: it fits, and axe-core finds nothing serious. With <c>PORTAL_SCREENS</c>
/// set to a folder (docs/screens) the pictures are kept there.
/// </summary>
public sealed class Every_page_looks_right(PortalHost host) : PortalTest(host)
{
    private static readonly string? Screens = Environment.GetEnvironmentVariable("PORTAL_SCREENS");

    private static readonly string[] OfThemes = ["color-contrast", "link-in-text-block"];

    private static readonly Lazy<Task<string>> Axe = new(() =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "assets", "axe.min.js")));

    public static TheoryData<string> Pages => [.. PortalPage.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_fits_a_desk_and_a_phone_and_is_accessible_in_both_themes(string name)
    {
        var page = await PortalPage.All.Single(p => p.Name == name).OpenAsync(Host);
        // The page's policy lets no other script in; evaluated code is the test's own.
        await page.EvaluateAsync(await Axe.Value);
        foreach (var (width, height, device) in new[] { (1440, 900, "desk"), (390, 844, "phone") })
        {
            await page.SetViewportSizeAsync(width, height);
            // A theme changes no sizes: on the phone the dark one is only for the picture.
            var themes = device == "desk" || Screens is { Length: > 0 } ? ["light", "dark"] : new[] { "light" };
            foreach (var theme in themes)
            {
                await page.EvaluateAsync("to => window.portalTheme.set(to)", theme);
                await SettleAsync(page);
                var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                Assert.True(wide <= 0, $"{name} is {wide} px too wide on the {device}");
                await KeepAsync(page, $"{name}-{device}-{theme}.png");
                Assert.Empty(await ProblemsAsync(page, theme));
            }
        }
    }

    [Fact]
    public async Task Nothing_comes_from_elsewhere()
    {
        var page = await Host.OpenAsync("supervisor", "about:blank");
        var foreign = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Host.Address, StringComparison.Ordinal) && !request.Url.StartsWith(
                "data:", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };
        var refused = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                refused.Add(message.Text);
            }
        };
        await page.GotoAsync("/dashboard");
        await page.GetByText("Jasmin Reyes").First.WaitForAsync();
        await page.GotoAsync("/sign-in");
        Assert.Empty(foreign);
        Assert.Empty(refused);
    }

    private static async Task KeepAsync(IPage page, string file)
    {
        if (Screens is { Length: > 0 })
        {
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Screens, file), Animations = ScreenshotAnimations.Disabled,
                    Caret = ScreenshotCaret.Hide
            });
        }
    }

    /// <summary>No skeleton left, fonts there, nothing moving, charts drawn.</summary>
    private static Task SettleAsync(IPage page) => page.WaitForFunctionAsync(
        """
        () => !document.querySelector('.skeleton') && document.fonts.status === 'loaded'
            && document.getAnimations().every(a => a.playState !== 'running')
            && [...document.querySelectorAll('.chart-box')].every(box => box.querySelector('path, rect'))
        """);

    /// <summary>In the dark theme only what a theme can change: the elements are the same in both.</summary>
    private static async Task<IReadOnlyList<string>> ProblemsAsync(IPage page, string theme)
    {
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async rules => (await axe.run(document, { resultTypes: ['violations'], ...rules })).violations
            """,
            theme == "dark" ? new { runOnly = OfThemes } : new object());
        return
        [
            .. found.EnumerateArray()
                .Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
                .SelectMany(v => v.GetProperty("nodes").EnumerateArray().Take(5).Select(n =>
                    $"{v.GetProperty("id")}: {n.GetProperty("html")} {n.GetProperty("failureSummary")}"))
        ];
    }
}
