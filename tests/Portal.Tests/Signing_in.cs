using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Signing_in(PortalHost host) : PortalTest(host)
{
    private const string Views =
        "Pipeline, Rejections, History, Disputes, Overrides, As known then, Months, Coaching, Work log, Weekly review";

    [Theory]
    [InlineData("agent", "My performance")]
    [InlineData("supervisor", "Dashboard")]
    [InlineData("head", "Department")]
    [InlineData("admin", "Dashboard")]
    public async Task Everybody_comes_to_the_home_of_the_role(string user, string home)
    {
        var page = await Host.OpenAsync(null);
        await FillAsync(page, user, user);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = home, Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_said_in_words_and_nothing_typed_is_lost()
    {
        var page = await Host.OpenAsync(null, "/sign-in");
        await FillAsync(page, "agent", "wrong");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("User name or password is not right.");
        await Expect(page.GetByLabel("User name")).ToHaveValueAsync("agent");
    }

    [Fact]
    public async Task The_page_that_was_asked_for_comes_after_the_sign_in()
    {
        var page = await Host.OpenAsync(null, "/my/tickets");
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/sign-in?returnUrl=%2Fmy%2Ftickets");
        await FillAsync(page, "agent", "agent");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My tickets" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_is_sent_to_another_site()
    {
        var page = await Host.OpenAsync(null, "/sign-in?returnUrl=//example.org/x");
        await FillAsync(page, "agent", "agent");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My performance" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_shows_the_sign_in_page()
    {
        var page = await Host.OpenAsync("agent");
        await page.GetByLabel("agent, Agent: menu").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GotoAsync("/my");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("agent", "My performance, My tickets, My scorecard, Log work, My disputes, Coaching, Inbox")]
    [InlineData("supervisor", "Dashboard, " + Views + ", Import, People and teams, Inbox")]
    [InlineData("head", "Department, Dashboard, " + Views + ", Inbox")]
    [InlineData(
        "admin",
        "Dashboard, Department, " + Views
        + ", Import, People and teams, Score policy, ClickUp sync, Backup, Users and keys, Settings, Inbox")]
    public async Task The_rail_shows_what_the_role_may_use(string user, string labels)
    {
        var page = await Host.OpenAsync(user);
        var links = page.GetByRole(AriaRole.Navigation, new() { Name = "Main", Exact = true }).GetByRole(
            AriaRole.Listitem);
        await Expect(links).ToHaveTextAsync(labels.Split(", "));
    }

    [Fact]
    public async Task The_token_is_renewed_before_it_runs_out()
    {
        Host.Gateway.TokenLifetime = TimeSpan.FromSeconds(90);
        try
        {
            var page = await Host.OpenAsync("supervisor");
            await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Jasmin Reyes" })).ToBeVisibleAsync();
            Assert.Contains(Host.Gateway.Calls, call => call.StartsWith("POST /auth/renew", StringComparison.Ordinal));
        }
        finally
        {
            Host.Gateway.TokenLifetime = TimeSpan.FromMinutes(15);
        }
    }

    [Fact]
    public async Task A_visitor_files_a_ticket_without_an_account()
    {
        var page = await Host.OpenAsync(null, "/submit");
        await page.GetByLabel("Your name").FillAsync("Rita Requestor");
        await page.GetByLabel("E-mail").FillAsync("rita@example.org");
        await page.GetByLabel("Department").FillAsync("Title services");
        await page.GetByLabel("Subject").FillAsync("Lost title");
        await page.GetByLabel("What is it about?").FillAsync("I never got it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(page.GetByText("T-000042")).ToBeVisibleAsync();
    }

    private static async Task FillAsync(IPage page, string user, string password)
    {
        await page.GetByLabel("User name").FillAsync(user);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
