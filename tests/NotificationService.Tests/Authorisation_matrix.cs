using System.Net;
using Performance.Testing;

namespace Performance.Notifications;

/// <summary>Every endpoint, called by every role: a new endpoint without a row fails.</summary>
public sealed class Authorisation_matrix(NotificationApp app) : IClassFixture<NotificationApp>
{
    private const string People = "robin kim supervisor lead head admin";
    private static readonly string[] Callers = [.. People.Split(' '), "integration", "requestor", "roleless", "nobody"];

    private static readonly Row[] Rows =
    [
        new("GET", "inbox", People),
        new("GET", "inbox/stream", People),
        new("POST", "inbox/{entryId}/read", "robin", "inbox/{entry}/read", Otherwise: 404),
        new("POST", "inbox/read-all", "robin kim supervisor lead", Otherwise: 409),
        new("GET", "preferences", People),
        new("PUT", "preferences", "robin kim", Body: """{"email":true}""", Otherwise: 409),
        new("GET", "deliveries", "admin"),
        new("GET", "deliveries/{deliveryId}", "admin", "deliveries/{delivery}"),
        new("POST", "deliveries/{deliveryId}/send-again", "admin", "deliveries/{delivery}/send-again"),
        new("GET", "templates", "admin"),
        new("GET", "templates/{name}/preview", "admin", "templates/ticket-assigned/preview")
    ];

    [Fact]
    public void Has_a_row_for_every_endpoint() => Assert.Equal(
        app.Endpoints(),
        Rows.Select(r => $"{r.Method} /api/notifications/{r.Endpoint}").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Holds_for_every_role()
    {
        var wrong = new List<string>();
        foreach (var row in Rows)
        {
            foreach (var caller in Callers)
            {
                // A person whom the role lets in, but whom it does not concern, gets what the row says instead.
                var expected = row.Allowed.Split(' ').Contains(caller) ? 200
                    : caller == "nobody" ? 401
                    : row.Otherwise != 0 && People.Split(' ').Contains(caller) ? row.Otherwise
                    : 403;
                var path = await FillAsync(row.Path ?? row.Endpoint);
                var status = (int)await StatusAsync(row, path, caller);
                if (status != expected)
                {
                    wrong.Add($"{row.Method} {path} by {caller}: {status} instead of {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Accepts_no_token_that_the_gateway_did_not_sign()
    {
        foreach (var (flaw, token) in TestTokens.Shared.Hostile())
        {
            foreach (var row in Rows)
            {
                var path = (row.Path ?? row.Endpoint).Replace("{entry}", Guid.Empty.ToString())
                    .Replace("{delivery}", Guid.Empty.ToString());
                var status = (await app.CallAsync(row.Method, path, row.Body, token)).StatusCode;
                Assert.True(status == HttpStatusCode.Unauthorized, $"{flaw}: {row.Method} {path} answered {status}");
            }
        }
    }

    /// <summary>Reads no further than the headers: a stream has no end.</summary>
    private async Task<HttpStatusCode> StatusAsync(Row row, string path, string caller)
    {
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), $"/api/notifications/{path}");
        if (app.Token(caller) is { } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (row.Body is not null)
        {
            request.Content = new StringContent(row.Body, System.Text.Encoding.UTF8, "application/json");
        }

        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    /// <summary>An unread entry of Robin's, or a skipped delivery (of Sam, who has no address).</summary>
    private async Task<string> FillAsync(string path)
    {
        if (path.Contains("{entry}", StringComparison.Ordinal))
        {
            var fact = Given.Assigned(app.Robin, recordedAt: app.Clock.GetUtcNow());
            await app.HearAsync(fact);
            path = path.Replace("{entry}", StreamIds.InboxEntry(fact.EventId, app.Robin).ToString());
        }

        if (path.Contains("{delivery}", StringComparison.Ordinal))
        {
            var fact = Given.Assigned(app.Sam, recordedAt: app.Clock.GetUtcNow());
            await app.HearAsync(fact);
            await app.DeliveryAsync(fact.TicketId, "Skipped");
            path = path.Replace("{delivery}", StreamIds.Delivery(fact.EventId, app.Sam, "email").ToString());
        }

        return path;
    }

    private sealed record Row(
        string Method, string Endpoint, string Allowed, string? Path = null, string? Body = null, int Otherwise = 0);
}
