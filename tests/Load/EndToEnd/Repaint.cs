using Microsoft.Playwright;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>
/// The dashboard of a million tickets in a browser: from the click that changes a filter until the last of cards,
/// escalations, charts and scorecard stands on the screen.
/// </summary>
internal static class Repaint
{
    private const int Warming = 8;

    // Each is ticked and taken away again, and they meet: 24 changes, by the place of the option in its list.
    private static readonly (string Filter, int Option)[] Clicks =
    [
        ("Month", 9), ("Type", 3), ("Status", 0), ("Month", 9), ("Day", 0), ("Type", 3), ("Status", 0), ("Day", 0),
        ("Month", 10), ("Month", 11), ("Assignee", 7), ("Assignee", 7), ("Month", 11), ("Month", 10), ("State", 4),
        ("State", 4), ("Week", 43), ("Week", 44), ("Week", 43), ("Week", 44), ("Day", 1), ("Day", 2), ("Day", 1),
        ("Day", 2)
    ];

    // The clock starts with the browser's own event; it is read in the frame after each change that shows.
    private const string Watch = """
        () => {
          const watch = window.repaint = { clicked: 0, painted: 0, changes: 0 };
          document.addEventListener('change', () => { watch.clicked = performance.now(); watch.painted = 0; }, true);
          new MutationObserver(changes => {
            if (!changes.some(c => (c.target.closest ? c.target : c.target.parentElement)
                ?.closest('.cards, .charts, #escalations, .scorecard'))) return;
            requestAnimationFrame(() => setTimeout(() => {
              watch.painted = performance.now();
              watch.changes++;
            }));
          }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        }
        """;

    // Painted, and nothing more came for a second.
    private const string Settled = """
        () => window.repaint.painted > window.repaint.clicked && performance.now() - window.repaint.painted > 1000
        """;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        await using var database = await Million.OpenAsync(context);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        });
        var page = await SignInAsync(browser, await context.SystemAsync(), context.Settings.AdminPassword);
        await page.GotoAsync("/dashboard");
        await page.Locator(".scorecard tbody tr").First.WaitForAsync(new() { Timeout = 60_000 });
        await page.Locator(".charts .bar-rows").Nth(1).WaitForAsync();
        await page.EvaluateAsync(Watch);
        var times = new List<double>();
        foreach (var (filter, option) in Clicks.Take(Warming).Concat(Clicks))
        {
            times.Add(await ClickAsync(page, filter, option));
        }

        var counted = times.Skip(Warming).ToList();
        Console.Error.WriteLine(string.Join(" ", Clicks.Zip(counted, (c, t) => $"{c.Filter}:{t:0}")));
        return ($"p50 {Figures.Percentile(counted, 0.5):0} ms, {counted.Count} changes",
            $"{Figures.Percentile(counted, 0.95):0} ms");
    }

    private static async Task<double> ClickAsync(IPage page, string filter, int option)
    {
        var menu = page.Locator("details.filter").Filter(new()
        {
            Has = page.Locator("summary", new() { HasText = filter })
        });
        if (await menu.GetAttributeAsync("open") is null)
        {
            await menu.Locator("summary").ClickAsync();
        }

        var box = menu.Locator(".options input").Nth(option);
        await box.WaitForAsync();
        await box.ClickAsync();
        await page.WaitForFunctionAsync(Settled, null, new() { Timeout = 60_000 });
        return await page.EvaluateAsync<double>("window.repaint.painted - window.repaint.clicked");
    }

    private static async Task<IPage> SignInAsync(IBrowser browser, RunningSystem system, string password)
    {
        var page = await browser.NewPageAsync(new()
        {
            BaseURL = system.Gateway.BaseAddress!.ToString(),
            ViewportSize = new() { Width = 1440, Height = 900 }
        });
        await page.GotoAsync("/");
        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("User name").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        return page;
    }
}
