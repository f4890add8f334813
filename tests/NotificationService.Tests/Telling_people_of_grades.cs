using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;
using Performance.Notifications.Email;
using Performance.Notifications.Intake;
using Performance.Testing;

namespace Performance.Notifications;

public sealed class Telling_people_of_grades(NotificationApp app) : IClassFixture<NotificationApp>
{
    private static readonly DateOnly October = new(2026, 10, 1);

    private static readonly MovedGrade Fell = new(October, "A", "C", GradeCause.Work, 1);

    [Fact]
    public async Task Puts_one_entry_into_the_agents_inbox_and_writes_one_mail_with_a_link_to_the_month()
    {
        var fact = Given.Moved(app.Robin, app.Clock.GetUtcNow(), Fell);
        await app.HearAsync(fact);
        await app.HearAsync(fact, fact);
        var mail = await MailAsync("Your grade of October 2026 is now C");
        Assert.Contains("October 2026: from A to C (tickets, rejections or attendance)", mail);
        Assert.Contains("https://portal.example/my/scorecard?month=2026-10", mail);

        var entry = Assert.Single(await EntriesAsync("robin"), e => (string?)e["grades"]![0]!["month"] == "2026-10-01");
        Assert.Equal(("grade-moved", null, null), ((string)entry["kind"]!, entry["ticketId"], entry["by"]));
        var grade = Assert.Single(entry["grades"]!.AsArray())!;
        Assert.Equal(("A", "C", "Work"), ((string)grade["from"]!, (string)grade["to"]!, (string)grade["cause"]!));
        Assert.Empty(await EntriesAsync("kim"));
        Assert.Empty(await EntriesAsync("supervisor"));
        await app.CallAsync("POST", $"inbox/{entry["id"]}/read", null, app.Token("robin")).JsonAsync();
    }

    [Fact]
    public async Task Delivered_twice_over_the_broker_and_behind_a_gap_is_told_once()
    {
        await Eventually.Async(() => app.Services.GetRequiredService<IBusControl>().CheckHealth().Status
            == BusHealthStatus.Healthy);
        var (epoch, bus) = (Guid.NewGuid(), app.Services.GetRequiredService<IBus>());
        var now = app.Clock.GetUtcNow();
        var july = Given.Moved(app.Kim, now, Fell with { Month = new(2026, 7, 1) }) with { Sequence = 3 };
        var june = Given.Moved(app.Kim, now, Fell with { Month = new(2026, 6, 1) }) with { Sequence = 9 };
        var pages = new[] { Page(epoch, 0, 4, july), Page(epoch, 4, 9, june) };

        // The later page first: it waits, and comes again with what it misses.
        foreach (var page in pages.Reverse().Concat(pages).Concat(pages))
        {
            await bus.Publish(page);
        }

        await MailAsync("Your grade of July 2026 is now C");
        await MailAsync("Your grade of June 2026 is now C");
        Assert.Equal(2, (await EntriesAsync("kim")).Length);
    }

    [Fact]
    public void Of_several_months_is_one_mail_that_lists_them()
    {
        GradeChange[] grades =
        [
            new(October, "B", "A", GradeCause.Policy), new(new(2026, 9, 1), "D", "B", GradeCause.Reopening)
        ];
        Assert.Equal("Your grades of 2 months have changed", GradeWords.Headline(grades));
        Assert.Equal(
            "October 2026: from B to A (another score policy)\n"
            + "    September 2026: from D to B (the month was opened again)",
            GradeWords.List(grades));
    }

    [Fact]
    public void Of_long_ago_is_mailed_to_nobody() => Assert.Equal(
        Notice.TooOld,
        Notice.OfGrades(Given.Moved(app.Sam, Given.Now, Fell), GradeFactsHandler.Kind, Given.Now.AddDays(2))
            .Skipped!.Reason);

    private static FeedPage<GradeFact> Page(Guid epoch, long after, long upTo, GradeFact fact) =>
        new("grades", epoch, after, upTo, [fact]);

    /// <summary>The one mail with this subject.</summary>
    private async Task<string> MailAsync(string subject)
    {
        string[] With() => [.. app.Mails().Select(NotificationApp.Decoded).Where(m => m.Contains(subject))];
        await Eventually.Async(() => With().Length > 0);
        return Assert.Single(With());
    }

    private async Task<JsonNode[]> EntriesAsync(string caller) =>
        [.. (await app.GetAsync("inbox?pageSize=100", caller))["items"]!.AsArray().Select(e => e!)];
}
