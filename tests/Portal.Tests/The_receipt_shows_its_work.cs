using Microsoft.Playwright;
using Performance.Portal.Fakes;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class The_receipt_shows_its_work(PortalHost host) : PortalTest(host)
{
    /// <summary>Jasmin's month with the most rejected tickets.</summary>
    private IGrouping<string, FakeTicket> Worst => Host.Gateway.Data.Tickets
        .Where(t => t.Agent == Organisation.Jasmin).GroupBy(t => t.Created.ToString("yyyy-MM"))
        .MaxBy(month => month.Count(Failed))!;

    private static bool Failed(FakeTicket ticket) => ticket is { Closed: not null, Counting: > 0 };

    [Fact]
    public async Task Its_counts_open_what_they_counted_in_the_month()
    {
        var page = await Host.OpenAsync(
            "supervisor", $"/dashboard?month={Worst.Key}&panel=grade&of={Organisation.Jasmin}");
        var receipt = page.GetByRole(AriaRole.Dialog, new() { Name = "Grade of Jasmin Reyes" });
        var rejections = Worst.Where(t => t.Counting > 0).SelectMany(t => t.Rejections).ToList();
        await Expect(receipt.GetByText($"Counted rejections ({rejections.Count})")).ToBeVisibleAsync();
        await Expect(receipt.GetByText(rejections[0].Label).First).ToBeVisibleAsync();
        await Expect(receipt.GetByText("Policy version 1")).ToBeVisibleAsync();

        var failed = Worst.Count(Failed);
        await receipt.GetByRole(AriaRole.Link, new() { Name = $"{failed}, Failed first-pass" }).ClickAsync();
        var list = page.GetByRole(AriaRole.Dialog, new() { Name = "Failed first-pass · Jasmin Reyes" });
        await Expect(list.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(failed);
        await page.GoBackAsync();
        await Expect(receipt).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_agent_opens_the_lists_behind_the_own_numbers()
    {
        var page = await Host.OpenAsync("agent", $"/my/scorecard?month={Worst.Key}");
        var failed = Worst.Count(Failed);
        await page.GetByRole(AriaRole.Region, new() { Name = "What was counted" })
            .GetByRole(AriaRole.Link, new() { Name = $"{failed}, Failed first-pass" }).ClickAsync();
        var list = page.GetByRole(AriaRole.Dialog, new() { Name = "Failed first-pass · you" });
        await Expect(list.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(failed);
        await Expect(list.GetByRole(AriaRole.Button, new() { Name = "Excuse" })).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Expect(list).ToBeHiddenAsync();

        var all = Host.Gateway.Data.Tickets.Count(t => t.Agent == Organisation.Jasmin);
        await page.GetByRole(AriaRole.Link, new() { Name = $"{all}, Allocated" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText($"{all} tickets · All your tickets"))
            .ToBeVisibleAsync();
    }
}
