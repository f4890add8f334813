using System.Text.Json.Nodes;
using Performance.Contracts;
using Performance.Testing;

namespace Performance.Notifications;

public sealed class Telling_people_of_verdicts(NotificationApp app) : IClassFixture<NotificationApp>
{
    [Theory]
    [InlineData("ticket-rejected", "recorded on ticket")]
    [InlineData("ticket-sent-back", "put into a rejection status")]
    [InlineData("ticket-excused", "was excused")]
    [InlineData("excuse-withdrawn", "was withdrawn")]
    [InlineData("dispute-accepted", "was accepted")]
    [InlineData("dispute-declined", "was declined")]
    public async Task Puts_one_entry_into_the_agents_inbox_and_writes_one_mail(string kind, string words)
    {
        var fact = Fresh<TicketStreamFact>(kind switch
        {
            "ticket-rejected" => Given.Rejected(app.Robin),
            "ticket-sent-back" => Given.SentBack(app.Robin),
            "ticket-excused" => Given.Excused(app.Robin),
            "excuse-withdrawn" => Given.Withdrawn(app.Robin),
            _ => Given.Decided(app.Robin, kind == "dispute-accepted")
        });
        await app.HearAsync(fact);
        await app.HearAsync(fact, fact);
        await app.DeliveryAsync(fact.TicketId, "Sent");
        var entry = Assert.Single(await EntriesAsync("robin", fact.TicketId));
        Assert.Equal((kind, "supervisor"), ((string)entry["kind"]!, (string)entry["by"]!));
        Assert.Equal(1, app.MailsAbout(fact.TicketId));
        Assert.Contains(words, NotificationApp.Decoded(
            app.Mails().Single(m => NotificationApp.Decoded(m).Contains(fact.TicketId.ToString()))));
        Assert.Empty(await EntriesAsync("kim", fact.TicketId));
        Assert.Empty(await EntriesAsync("supervisor", fact.TicketId));
    }

    [Fact]
    public async Task Leaves_imports_alone()
    {
        var before = await app.ContentsAsync();
        await app.HearAsync([.. Enumerable.Range(0, 50).Select(_ => Given.Rejected(app.Robin, FactOrigin.Import))]);
        Assert.Equal(before, await app.ContentsAsync());
    }

    [Fact]
    public async Task Puts_a_dispute_into_the_inbox_that_the_teams_supervisors_share()
    {
        var fact = Fresh(Given.Disputed(app.Robin));
        await app.HearAsync(fact);
        await app.HearAsync(fact);
        var entry = Assert.Single(await EntriesAsync("supervisor", fact.TicketId));
        Assert.Equal(("ticket-disputed", "robin"), ((string)entry["kind"]!, (string)entry["by"]!));
        Assert.Single(await EntriesAsync("lead", fact.TicketId));
        Assert.Empty(await EntriesAsync("robin", fact.TicketId));
        Assert.Empty((await app.CallAsync("GET", "inbox", null, TestTokens.Shared.Supervisor("south")).JsonAsync())
            ["items"]!.AsArray());
        Assert.Null(await app.DeliveryAsync(fact.TicketId));

        await app.CallAsync("POST", $"inbox/{entry["id"]}/read", null, app.Token("lead")).JsonAsync();
        Assert.NotNull(Assert.Single(await EntriesAsync("supervisor", fact.TicketId))["readAt"]);
    }

    [Fact]
    public async Task Lets_a_supervisor_mark_all_as_read()
    {
        await app.HearAsync(Fresh(Given.Disputed(app.Robin)), Fresh(Given.Disputed(app.Robin)));
        await app.CallAsync("POST", "inbox/read-all", null, app.Token("supervisor")).JsonAsync();
        Assert.Equal(0, (await app.InboxAsync("supervisor"))["unread"]!.GetValue<int>());
        await app.CallAsync("POST", "inbox/read-all", null, app.Token("lead")).JsonAsync();
    }

    private T Fresh<T>(T fact)
        where T : TicketStreamFact => fact with { RecordedAt = app.Clock.GetUtcNow() };

    private async Task<JsonNode[]> EntriesAsync(string caller, Guid ticketId) =>
    [
        .. (await app.GetAsync("inbox?pageSize=100", caller))["items"]!.AsArray()
            .Where(e => e!["ticketId"]!.GetValue<Guid>() == ticketId).Select(e => e!)
    ];
}
