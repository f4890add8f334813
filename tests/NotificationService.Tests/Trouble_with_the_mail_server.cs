using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Notifications;

public sealed class Trouble_with_the_mail_server : IAsyncLifetime
{
    private readonly FakeSmtpServer server = new();
    private readonly NotificationApp app = new();

    public Task InitializeAsync()
    {
        app.Settings["Email:Smtp:Host"] = "127.0.0.1";
        app.Settings["Email:Smtp:Port"] = server.Port.ToString();
        app.Settings["Email:Smtp:Tls"] = "false";
        return app.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task That_refuses_twice_delays_the_mail_and_loses_nothing()
    {
        server.Refuse(2);
        var ticket = await AssignAsync();
        var failed = await AttemptsAsync(ticket, 1);
        Assert.Equal("Queued", failed["state"]!.GetValue<string>());
        Assert.Contains("(recipient)", failed["lastError"]!.GetValue<string>());
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await AttemptsAsync(ticket, 2);
        app.Clock.Advance(TimeSpan.FromSeconds(30));

        var sent = await app.DeliveryAsync(ticket, "Sent");
        Assert.Equal(3, sent["attempts"]!.GetValue<int>());
        Assert.Contains($"Message-ID: <{sent["id"]!.GetValue<Guid>()}@", Assert.Single(server.Accepted));
        Assert.Equal(0, await app.Database.ScalarAsync<long>("select count(*) from delivery_queue"));
        Assert.Equal(0, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where data::text like '%@example.org%'"));
    }

    [Fact]
    public async Task That_never_ends_is_given_up_and_can_be_tried_again_by_a_person()
    {
        server.Refuse(int.MaxValue);
        var ticket = await AssignAsync();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await AttemptsAsync(ticket, attempt);
            app.Clock.Advance(TimeSpan.FromHours(18));
        }

        var id = (await app.DeliveryAsync(ticket, "Failed"))["id"]!.GetValue<Guid>();
        Assert.Equal(0, await app.Database.ScalarAsync<long>("select count(*) from delivery_queue"));

        server.Refuse(0);
        await app.CallAsync("POST", $"deliveries/{id}/send-again", null, app.Token("admin"))
            .ShouldBeAsync(HttpStatusCode.OK);
        await app.DeliveryAsync(ticket, "Sent");
        Assert.Single(server.Accepted);
    }

    private async Task<JsonNode> AttemptsAsync(Guid ticket, int attempts) => (await Eventually.ValueAsync(
        () => app.DeliveryAsync(ticket), delivery => delivery?["attempts"]?.GetValue<int>() == attempts))!;

    private async Task<Guid> AssignAsync()
    {
        var fact = Given.Assigned(app.Robin, recordedAt: app.Clock.GetUtcNow());
        await app.HearAsync(fact);
        return fact.TicketId;
    }
}
