using System.Text.Json.Nodes;
using Performance.Contracts;
using Performance.Testing.Answers;

namespace Performance.Notifications;

/// <summary>Every answer that the portal reads is as it is recorded.</summary>
public sealed class What_the_portal_is_answered(NotificationApp app) : IClassFixture<NotificationApp>
{
    private readonly AnswerBook book = new("notifications");

    [Fact]
    public async Task Is_as_it_is_recorded()
    {
        await app.HearAsync(
            Given.Assigned(app.Robin), Given.Rejected(app.Robin), Given.Excused(app.Robin), Given.Disputed(app.Robin),
            Given.Decided(app.Robin, accepted: true));
        await app.HearAsync(Given.Moved(
            app.Robin, Given.Now, new MovedGrade(new(2026, 3, 1), "A", "C", GradeCause.Work, 1)));
        var first = (Guid)(await app.InboxAsync("robin"))["items"]![0]!["id"]!;
        await TakeAsync("POST", "inbox/{id}/read", $"inbox/{first}/read");
        await TakeAsync("GET", "inbox", "inbox");
        await TakeAsync("POST", "inbox/read-all", "inbox/read-all");
        await TakeAsync("POST", "inbox/{id}/read missing", $"inbox/{Guid.NewGuid()}/read");
        book.ShouldBeTheSame();
    }

    private Task<JsonNode> TakeAsync(string method, string route, string path) => book.TakeAsync(
        $"{method} /api/notifications/{route}", app.CallAsync(method, path, null, app.Token("robin")));
}
