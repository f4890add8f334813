using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Notifications;

public sealed class The_inbox(NotificationApp app) : IClassFixture<NotificationApp>
{
    [Fact]
    public async Task Counts_what_is_unread_and_marks_one_or_all_as_read()
    {
        await HearAsync(app.Robin, 3);
        var inbox = await app.InboxAsync("robin");
        Assert.Equal((3, 3), (inbox["total"]!.GetValue<int>(), inbox["unread"]!.GetValue<int>()));
        var first = inbox["items"]![0]!["id"]!.GetValue<Guid>();

        var answer = await app.CallAsync("POST", $"inbox/{first}/read", null, app.Token("robin")).JsonAsync();
        Assert.Equal(2, answer["version"]!.GetValue<long>());
        Assert.Equal(3, answer["position"]!.GetValue<long>() % 8);
        await app.CallAsync("POST", $"inbox/{first}/read", null, app.Token("robin")).ShouldBeAsync(HttpStatusCode.OK);
        Assert.Equal(2, await UnreadAsync("robin"));

        var other = Guid.NewGuid();
        await HearAsync(other, 1);
        await app.CallAsync("POST", "inbox/read-all", null, app.Token("robin")).ShouldBeAsync(HttpStatusCode.OK);
        Assert.Equal(0, await UnreadAsync("robin"));
        var others = await app.CallAsync("GET", "inbox", null, TestTokens.Shared.Agent(other)).JsonAsync();
        Assert.Equal(1, others["unread"]!.GetValue<int>());
        Assert.Equal(0, (await app.GetAsync("inbox?unread=true", "robin"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Belongs_to_one_person()
    {
        await HearAsync(app.Kim, 1);
        Assert.Equal(0, await UnreadAsync("sam"));
        var entry = (await app.InboxAsync("kim"))["items"]![0]!["id"]!.GetValue<Guid>();
        await app.CallAsync("POST", $"inbox/{entry}/read", null, app.Token("sam"))
            .ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(1, await UnreadAsync("kim"));
        Assert.Equal(0, (await app.InboxAsync("admin"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Tells_the_number_of_unread_entries_live()
    {
        var reader = Guid.NewGuid();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/notifications/inbox/stream");
        request.Headers.Authorization = new("Bearer", TestTokens.Shared.Agent(reader));
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal(0, await NextAsync(lines));
        await HearAsync(reader, 2);
        Assert.Equal(2, await NextAsync(lines));
        await app.CallAsync("POST", "inbox/read-all", null, TestTokens.Shared.Agent(reader))
            .ShouldBeAsync(HttpStatusCode.OK);
        Assert.Equal(0, await NextAsync(lines));
    }

    private static async Task<int> NextAsync(StreamReader lines)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[6..])!["unread"]!.GetValue<int>();
            }
        }

        throw new EndOfStreamException();
    }

    private async Task<int> UnreadAsync(string caller) => (await app.InboxAsync(caller))["unread"]!.GetValue<int>();

    private Task HearAsync(Guid agent, int times) => app.HearAsync(
        [.. Enumerable.Range(0, times).Select(_ => Given.Assigned(agent, recordedAt: app.Clock.GetUtcNow()))]);
}
