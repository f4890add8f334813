using System.Globalization;
using System.Net;
using Performance.Testing;

namespace Performance.Notifications;

public sealed class Honouring_preferences(NotificationApp app) : IClassFixture<NotificationApp>
{
    [Fact]
    public async Task Sends_no_mail_to_who_has_switched_it_off_but_fills_the_inbox()
    {
        await PutAsync("kim", new { email = false });
        var ticket = await AssignAsync(app.Kim);
        Assert.Equal("The person has switched e-mail off.",
            (await app.DeliveryAsync(ticket, "Skipped"))["reason"]!.GetValue<string>());
        Assert.Equal(1, (await app.InboxAsync("kim"))["unread"]!.GetValue<int>());
        Assert.Equal(0, app.MailsAbout(ticket));
    }

    [Fact]
    public async Task Holds_mail_back_until_quiet_hours_are_over()
    {
        var now = app.Clock.GetUtcNow();
        string Time(double hours) => now.AddHours(hours).ToString("HH:mm", CultureInfo.InvariantCulture);
        await PutAsync("robin", new { email = true, quietFrom = Time(-1), quietTo = Time(2), timeZone = "UTC" });
        var ticket = await AssignAsync(app.Robin);
        var waiting = await Eventually.ValueAsync(
            () => app.DeliveryAsync(ticket), delivery => delivery?["reason"] is not null);
        Assert.Equal(("Queued", "The person's quiet hours."), (
            waiting!["state"]!.GetValue<string>(), waiting["reason"]!.GetValue<string>()));
        Assert.Equal(Time(2), waiting["dueAt"]!.GetValue<DateTimeOffset>().ToUniversalTime()
            .ToString("HH:mm", CultureInfo.InvariantCulture));
        Assert.Equal(0, app.MailsAbout(ticket));

        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.DeliveryAsync(ticket, "Sent");
        Assert.Equal(1, app.MailsAbout(ticket));
    }

    [Fact]
    public async Task Shows_them_as_they_were_set()
    {
        await PutAsync("sam", new
        {
            email = false, quietFrom = "22:00", quietTo = "07:00", timeZone = "Europe/Berlin"
        });
        Assert.Equal(
            """{"email":false,"quietFrom":"22:00","quietTo":"07:00","timeZone":"Europe/Berlin"}""",
            (await app.GetAsync("preferences", "sam")).ToJsonString());
        Assert.Equal(
            """{"email":true,"quietFrom":null,"quietTo":null,"timeZone":"America/Los_Angeles"}""",
            (await app.GetAsync("preferences", "supervisor")).ToJsonString());
    }

    private Task PutAsync(string caller, object preferences) =>
        app.CallAsync("PUT", "preferences", preferences, app.Token(caller)).ShouldBeAsync(HttpStatusCode.OK);

    private async Task<Guid> AssignAsync(Guid agent)
    {
        var fact = Given.Assigned(agent, recordedAt: app.Clock.GetUtcNow());
        await app.HearAsync(fact);
        return fact.TicketId;
    }
}
