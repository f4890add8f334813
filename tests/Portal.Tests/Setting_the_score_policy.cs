using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Setting_the_score_policy(PortalHost host) : PortalTest(host)
{
    private const string GradeA = "Failed first-pass rate, band 1, up to %";

    [Fact]
    public async Task Every_version_says_when_and_who_and_the_one_in_force_is_marked()
    {
        var page = await Host.OpenAsync("admin", "/policy");
        var versions = page.GetByRole(AriaRole.Region, new() { Name = "Versions" });
        var row = versions.GetByRole(AriaRole.Row, new() { Name = "Version 2" });
        await Expect(row).ToContainTextAsync("Mar 1, 2026");
        await Expect(row).ToContainTextAsync("admin");
        await Expect(versions.GetByText("in force")).ToHaveCountAsync(1);
        await versions.GetByRole(AriaRole.Link, new() { Name = "Version 2" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Version 2" });
        await Expect(panel).ToContainTextAsync("up to 3 %: A, up to 7 %: B, up to 12 %: C, else D");
        await Expect(panel).ToContainTextAsync("before: up to 3 %: A, up to 6.5 %: B");
        await Expect(panel.GetByRole(AriaRole.Region, new() { Name = "Grades that version 2 moved" }))
            .ToContainTextAsync("better");
        await Expect(panel).ToContainTextAsync("Closed months stay as they are: Jan 2026.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        await Expect(page).ToHaveURLAsync(Host.Address + "/policy");
    }

    [Fact]
    public async Task What_would_change_is_shown_before_publishing_which_asks_once_and_shows_the_moved_grades()
    {
        var page = await Host.OpenAsync("admin", "/policy");
        await page.GetByLabel("Counts from").FillAsync("2026-09-01");
        await page.GetByLabel("Failed first-pass rate, band 3, up to %").FillAsync("30");
        await TryAsync(page, "2026-08", "2026-11");
        var moves = page.GetByRole(AriaRole.Region, new() { Name = "What would change" }).Last;
        await Expect(moves.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("better");
        await Expect(moves).Not.ToContainTextAsync("Aug 2026");
        var sum = await page.Locator(".moves-sum").InnerTextAsync();
        var next = Host.Gateway.Policies.Count + 1;

        await page.GetByRole(AriaRole.Button, new() { Name = $"Publish version {next}…" }).ClickAsync();
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = $"Publish version {next}?" });
        await Expect(box).ToContainTextAsync("It counts from Sep 1, 2026 on.");
        await box.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.Equal(next - 1, Host.Gateway.Policies.Count);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Publish version {next}…" }).ClickAsync();
        await box.GetByRole(AriaRole.Button, new() { Name = $"Publish version {next}" }).ClickAsync();

        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = $"Version {next}" });
        await Expect(panel.GetByRole(AriaRole.Region, new() { Name = $"Grades that version {next} moved" }))
            .ToContainTextAsync("better");
        await Expect(panel.Locator(".moves-sum")).ToContainTextAsync(sum.Split(',')[0].Split('.')[1].Trim());
        var published = Host.Gateway.Policies[^1];
        Assert.Equal((30m, new DateOnly(2026, 9, 1)), (published.Policy.GradeUpTo[2].Limit, published.EffectiveFrom));
        await Expect(page.GetByText("not published yet")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost()
    {
        var page = await Host.OpenAsync("admin", "/policy");
        await page.GetByLabel("A hold is escalated above").FillAsync("a week");
        await page.GetByLabel(GradeA).FillAsync("");
        await TryAsync(page);
        await Expect(page.GetByText("A hold is escalated above is not a whole number")).ToBeVisibleAsync();
        await Expect(page.GetByText("Band 1: is missing")).ToBeVisibleAsync();
        await Expect(page.GetByLabel(GradeA)).ToBeFocusedAsync();
        await Expect(page.GetByLabel("A hold is escalated above")).ToHaveValueAsync("a week");

        await page.GetByLabel("A hold is escalated above").FillAsync("168");
        await page.GetByLabel(GradeA).FillAsync("50");
        await TryAsync(page);
        await Expect(page.GetByText("Failed first-pass rate has bands out of order: the best band comes first"))
            .ToBeVisibleAsync();
        await Expect(page.GetByLabel(GradeA)).ToHaveValueAsync("50");

        Host.Gateway.Failing["/api/scoring/policies/simulate"] = 503;
        await page.GetByLabel(GradeA).FillAsync("2.5");
        await TryAsync(page);
        await Expect(page.GetByText("The service is not available right now.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel(GradeA)).ToHaveValueAsync("2.5");
    }

    [Fact]
    public async Task A_draft_survives_a_reload_and_starting_over_can_be_undone()
    {
        var page = await Host.OpenAsync("admin", "/policy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a band to Failed first-pass rate" }).ClickAsync();
        await page.GetByLabel("Failed first-pass rate, band 4, up to %").FillAsync("20");
        await page.GetByLabel("A rejection counts for").SelectOptionAsync("AtRejection");
        await page.WaitForFunctionAsync("() => sessionStorage['draft:score policy']?.includes('AtRejection')");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Failed first-pass rate, band 4, up to %")).ToHaveValueAsync("20");
        await Expect(page.GetByLabel("A rejection counts for")).ToHaveValueAsync("AtRejection");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start over" }).ClickAsync();
        await Expect(page.GetByLabel("A rejection counts for")).ToHaveValueAsync("Current");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByLabel("Failed first-pass rate, band 4, up to %")).ToHaveValueAsync("20");
    }

    [Fact]
    public async Task A_draft_changed_after_its_trial_or_overtaken_is_not_published()
    {
        var page = await Host.OpenAsync("admin", "/policy");
        await page.GetByLabel("Month 3 and after").FillAsync("25");
        await TryAsync(page);
        var publish = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Publish version") });
        await Expect(publish).ToBeEnabledAsync();
        await page.GetByLabel("Month 3 and after").FillAsync("26");
        await Expect(publish).ToBeDisabledAsync();
        await Expect(page.GetByText("The draft was changed since")).ToBeVisibleAsync();
        await TryAsync(page);
        await Expect(publish).ToBeEnabledAsync();

        var count = Host.Gateway.SomebodyPublishes();
        await publish.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^Publish") })
            .ClickAsync();
        await Expect(page.GetByText("Somebody changed this meanwhile.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Month 3 and after")).ToHaveValueAsync("26");
        Assert.Equal(count, Host.Gateway.Policies.Count);
    }

    [Fact]
    public async Task A_version_of_another_admin_appears_by_itself_and_the_draft_is_tried_again_before_it_is_published()
    {
        var page = await Host.OpenAsync("admin", "/policy");
        await page.GetByLabel("Month 3 and after").FillAsync("24");
        await TryAsync(page);
        var publish = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Publish version") });
        await Expect(publish).ToBeEnabledAsync();
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        var theirs = Host.Gateway.SomebodyPublishes();
        Host.Gateway.Live.Tell("policies");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Versions" })
            .GetByRole(AriaRole.Row, new() { Name = $"Version {theirs}" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Another version was published meanwhile.")).ToBeVisibleAsync();
        await Expect(publish).ToBeDisabledAsync();
        await Expect(page.GetByLabel("Month 3 and after")).ToHaveValueAsync("24");

        await TryAsync(page);
        await Expect(publish).ToHaveTextAsync($"Publish version {theirs + 1}…");
        Host.Gateway.Failing["/api/scoring/policies"] = 409;
        await publish.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^Publish") })
            .ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Month 3 and after")).ToHaveValueAsync("24");
        Assert.Equal(theirs, Host.Gateway.Policies.Count);
        Host.Gateway.Failing.Clear();
        await publish.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^Publish") })
            .ClickAsync();
        await Expect(page.GetByText($"Version {theirs + 1} is published.")).ToBeVisibleAsync();
        Assert.Equal(24, Host.Gateway.Policies[^1].Policy.TenuredTarget);
    }

    [Fact]
    public async Task Only_an_admin_sees_it()
    {
        var page = await Host.OpenAsync("supervisor", "/policy");
        await Expect(page.GetByText("This page is not for your role.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Score policy" })).ToHaveCountAsync(0);
    }

    private static async Task TryAsync(IPage page, string? from = null, string? to = null)
    {
        if (from is not null && to is not null)
        {
            await page.GetByLabel("Months from").FillAsync(from);
            await page.GetByLabel("to", new() { Exact = true }).FillAsync(to);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).ClickAsync();
    }
}
