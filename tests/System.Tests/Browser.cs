using Microsoft.Playwright;
using Performance.Testing.Running;

namespace Performance.SystemTests;

/// <summary>Chromium, as the system's packages bring it.</summary>
internal sealed class Browser(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
{
    private static readonly string[] Paths =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public static async Task<Browser> OpenAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Paths.FirstOrDefault(File.Exists)
                ?? throw new InvalidOperationException("Chromium is not installed; ./test installs it."),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                "--disable-sync"
            ]
        }));
    }

    /// <summary>A page of somebody who has signed in through the sign-in page.</summary>
    public async Task<IPage> SignInAsync(RunningSystem system, string userName, string password)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = system.Gateway.BaseAddress!.ToString(),
            ViewportSize = new() { Width = 1440, Height = 900 }
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("User name").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("User name").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
