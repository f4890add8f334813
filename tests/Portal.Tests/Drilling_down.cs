using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Drilling_down(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task A_number_opens_its_tickets_with_an_own_address_and_back_closes_them()
    {
        var page = await OpenAsync();
        var number = Number(page, "Failed first-pass", "Jasmin Reyes");
        var count = int.Parse((await number.InnerTextAsync()).Trim());
        await number.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Failed first-pass · Jasmin Reyes" });
        await Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(count);
        await Waits.UntilAsync(
            () => page.Url == $"{Host.Address}/dashboard?panel=failedFirstPass&of={Organisation.Jasmin}");
        await page.GoBackAsync();
        await Expect(panel).ToBeHiddenAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/dashboard");
    }

    [Fact]
    public async Task Esc_closes_and_the_focus_returns_to_the_number()
    {
        var page = await OpenAsync();
        var number = Number(page, "Allocated", "Beth Anglin");
        await number.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var panel = page.GetByRole(AriaRole.Dialog);
        await Expect(panel).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        await Expect(number).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_shared_address_opens_the_panel_and_closing_leaves_the_dashboard()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard?type=Lien+release&panel=rejectEvents&of=all");
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Reject events · everybody" });
        var events = Host.Gateway.Data.Tickets.Where(t => t.Type == "Lien release").Sum(t => t.Counting);
        await Expect(panel.GetByText($"{events} rejections")).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/dashboard?type=Lien%20release");
    }

    [Fact]
    public async Task Excusing_needs_a_reason_moves_the_number_and_can_be_undone()
    {
        var page = await OpenAsync();
        var number = Number(page, "Failed first-pass", "Fred Luddy");
        var count = int.Parse((await number.InnerTextAsync()).Trim());
        await number.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog);
        var ticket = await panel.GetByRole(AriaRole.Rowheader).First.InnerTextAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Excuse", Exact = true }).First.ClickAsync();
        var reason = panel.GetByLabel("Why was it not the agent's fault?");
        await reason.FillAsync("no");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Save excuse" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The reason is too short");
        await Expect(reason).ToHaveValueAsync("no");

        await reason.FillAsync("The county lost the form.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Save excuse" }).ClickAsync();
        await Expect(panel.GetByText($"{count - 1} ticket")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByText($"{ticket} is excused.")).ToBeVisibleAsync();
        await Expect(number).ToHaveTextAsync((count - 1).ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(number).ToHaveTextAsync(count.ToString());
    }

    [Fact]
    public async Task An_excuse_shows_who_and_why_and_can_be_withdrawn()
    {
        var ticket = Host.Gateway.Data.Tickets.First(t => t.Rejections.Count > 0 && t.Agent is not null);
        (ticket.Excused, ticket.ExcuseReason, ticket.ExcusedBy) = (true, "Wrong form from the customer", "supervisor");
        var page = await Host.OpenAsync("supervisor", $"/dashboard?panel=excused&of={ticket.Agent}");
        var panel = page.GetByRole(AriaRole.Dialog);
        await Expect(panel.GetByText("Wrong form from the customer")).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Withdraw excuse" }).First.ClickAsync();
        await panel.GetByLabel("Why is the excuse taken back?").FillAsync("It was ours after all.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Withdraw excuse" }).Last.ClickAsync();
        await Expect(panel.GetByText("Nothing here any more")).ToBeVisibleAsync();
        Assert.False(ticket.Excused);
    }

    [Fact]
    public async Task The_grade_opens_its_receipt()
    {
        var page = await OpenAsync();
        await page.GetByLabel("grade of Jasmin Reyes").ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Grade of Jasmin Reyes" });
        await Expect(panel.GetByText("82.9")).ToBeVisibleAsync();
        await Expect(panel.GetByText("score band C")).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Row, new() { Name = "Productivity" })).ToContainTextAsync("8.85");
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await Host.OpenAsync("supervisor", "/dashboard");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Jasmin Reyes" })).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Number(IPage page, string column, string agent) =>
        page.GetByLabel($", {column} of {agent}");
}
