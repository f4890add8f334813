using System.Net;
using Performance.Contracts;
using Performance.Testing;

namespace Performance.Notifications;

public sealed class Telling_people_of_assignments(NotificationApp app) : IClassFixture<NotificationApp>
{
    [Fact]
    public async Task Puts_one_entry_into_the_inbox_and_writes_one_mail()
    {
        var fact = Assigned(app.Robin);
        await app.HearAsync(Opened(fact.TicketId, "INC42", "A <strange> title"), fact);
        await app.DeliveryAsync(fact.TicketId, "Sent");

        var entry = (await app.InboxAsync("robin"))["items"]!.AsArray()
            .Single(e => e!["ticketId"]!.GetValue<Guid>() == fact.TicketId)!;
        Assert.Equal(("ticket-assigned", "INC42", "A <strange> title", "supervisor"), (
            entry["kind"]!.GetValue<string>(), entry["ticket"]!.GetValue<string>(),
            entry["title"]!.GetValue<string>(), entry["by"]!.GetValue<string>()));
        Assert.Null(entry["readAt"]);

        var path = Assert.Single(app.Mails(), m => NotificationApp.Decoded(m).Contains(fact.TicketId.ToString()));
        var mail = NotificationApp.Decoded(path);
        Assert.Contains("To: \"Robin\" <robin@example.org>", mail.Replace("To: Robin <", "To: \"Robin\" <"));
        Assert.Contains("Subject: Ticket INC42 is yours", mail);
        Assert.Contains($"https://portal.example/tickets/{fact.TicketId}", mail);
        Assert.Contains("A &lt;strange&gt; title", mail);
    }

    [Fact]
    public async Task Hearing_of_it_again_changes_nothing()
    {
        var fact = Assigned(app.Robin);
        await app.HearAsync(fact);
        await app.DeliveryAsync(fact.TicketId, "Sent");
        var before = await app.ContentsAsync();
        var events = before!.Split('/')[0];
        await app.HearAsync(fact, fact);
        Assert.Equal(events, (await app.ContentsAsync())!.Split('/')[0]);
        Assert.Equal(1, app.MailsAbout(fact.TicketId));
        Assert.Single((await app.InboxAsync("robin"))["items"]!.AsArray(),
            e => e!["ticketId"]!.GetValue<Guid>() == fact.TicketId);
    }

    [Fact]
    public async Task Leaves_imports_and_the_queue_alone()
    {
        var before = await app.ContentsAsync();
        await app.HearAsync(Given.Assigned(app.Robin, FactOrigin.Import), Given.Assigned(null));
        Assert.Equal(before, await app.ContentsAsync());
    }

    [Fact]
    public async Task Skips_the_mail_of_who_has_no_address_and_says_so()
    {
        var fact = Assigned(app.Sam);
        await app.HearAsync(fact);
        var delivery = await app.DeliveryAsync(fact.TicketId, "Skipped");
        Assert.Equal("The person has no e-mail address.", delivery["reason"]!.GetValue<string>());
        Assert.Equal(1, (await app.InboxAsync("sam"))["unread"]!.GetValue<int>());
        Assert.Equal(0, app.MailsAbout(fact.TicketId));
    }

    [Fact]
    public async Task Waits_for_the_directory_to_learn_of_a_person()
    {
        var newcomer = Guid.NewGuid();
        var fact = Assigned(newcomer);
        await app.HearAsync(fact);
        await Eventually.ValueAsync(
            () => app.DeliveryAsync(fact.TicketId), delivery => delivery?["attempts"]?.GetValue<int>() >= 1);
        await app.Database.ExecuteAsync(
            "insert into agent_directory (agent_id, name, email) values ($1, 'Newcomer', 'new@example.org')", newcomer);
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        await app.DeliveryAsync(fact.TicketId, "Sent");
        Assert.Equal(1, app.MailsAbout(fact.TicketId));
    }

    [Fact]
    public async Task Reaches_the_record_that_an_agent_was_merged_into()
    {
        var old = Guid.NewGuid();
        await app.Database.ExecuteAsync(
            "insert into agent_directory (agent_id, name, active, merged_into) values ($1, 'Kim K.', false, $2)",
            old, app.Kim);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var fact = Assigned(old);
        await app.HearAsync(fact);
        await app.DeliveryAsync(fact.TicketId, "Sent");
        Assert.Contains((await app.InboxAsync("kim"))["items"]!.AsArray(),
            e => e!["ticketId"]!.GetValue<Guid>() == fact.TicketId);
        Assert.Contains("kim@example.org", NotificationApp.Decoded(
            app.Mails().Single(m => NotificationApp.Decoded(m).Contains(fact.TicketId.ToString()))));
    }

    [Fact]
    public async Task Can_be_looked_into_and_a_skipped_one_sent_after_all()
    {
        var person = Guid.NewGuid();
        await app.Database.ExecuteAsync("insert into agent_directory (agent_id, name) values ($1, 'Late')", person);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var fact = Assigned(person);
        await app.HearAsync(fact);
        var id = (await app.DeliveryAsync(fact.TicketId, "Skipped"))["id"]!.GetValue<Guid>();
        Assert.Contains(
            "is yours", (await app.GetAsync($"deliveries/{id}"))["message"]!["subject"]!.GetValue<string>());

        await app.Database.ExecuteAsync(
            "update agent_directory set email = 'late@example.org' where agent_id = $1", person);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        await app.CallAsync("POST", $"deliveries/{id}/send-again", null, app.Token("admin"))
            .ShouldBeAsync(HttpStatusCode.OK);
        await app.DeliveryAsync(fact.TicketId, "Sent");
        Assert.Equal(1, app.MailsAbout(fact.TicketId));
        await app.CallAsync("POST", $"deliveries/{id}/send-again", null, app.Token("admin"))
            .ProblemAsync(HttpStatusCode.Conflict);
    }

    private TicketAssigned Assigned(Guid agent) => Given.Assigned(agent, recordedAt: app.Clock.GetUtcNow());

    private static TicketOpened Opened(Guid ticket, string number, string title) => new(
        TicketKind.Imported, "servicenow", number, title, null, null, "New", Given.Now, null)
    {
        EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = Given.Now, RecordedAt = Given.Now, TicketId = ticket,
        Step = 1
    };
}
