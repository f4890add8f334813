using System.Net;
using Performance.Testing;

namespace Performance.Tickets;

/// <summary>Bad input is answered 4xx with the field, and leaves no trace.</summary>
public sealed class Hostile_input(TicketApp app) : IClassFixture<TicketApp>
{
    private const string Form =
        """{"name":"R","email":"r@example.org","department":"it","subject":"s","description":"d"}""";

    /// <summary>Method, path, body, field.</summary>
    public static TheoryData<string, string, string?, string> Corpus => new()
    {
        { "GET", "tickets?page=0", null, "page" },
        { "GET", "tickets?page=-1", null, "page" },
        { "GET", "tickets?page=1e9", null, "page" },
        { "GET", "tickets?page=99999999999999999999", null, "page" },
        { "GET", "tickets?pageSize=0", null, "pageSize" },
        { "GET", "tickets?pageSize=501", null, "pageSize" },
        { "GET", "tickets?pageSize=x", null, "pageSize" },
        { "GET", "tickets?month=2026", null, "month" },
        { "GET", "tickets?month=2026-13", null, "month" },
        { "GET", "tickets?month=2026-05&month=x", null, "month" },
        { "GET", "tickets?month=", null, "month" },
        { "GET", "tickets?month=0001-01", null, "month" },
        { "GET", "tickets?month=9999-12", null, "month" },
        { "GET", "tickets?week=2026-W54", null, "week" },
        { "GET", "tickets?week=2025-W53", null, "week" },
        { "GET", "tickets?week=2026-W00", null, "week" },
        { "GET", "tickets?week=2026-23", null, "week" },
        { "GET", "tickets?week=9999-W52", null, "week" },
        { "GET", "tickets?day=Monday", null, "day" },
        { "GET", "tickets?day=mon", null, "day" },
        { "GET", "tickets?assignee=ann", null, "assignee" },
        { "GET", "tickets?assignee=00000000-0000-0000-0000-000000000000", null, "assignee" },
        { "GET", "tickets?assignee={ann}'--", null, "assignee" },
        { "GET", "tickets?coached=maybe", null, "coached" },
        { "GET", "tickets?coached=true&coached=false", null, "coached" },
        { "GET", "tickets?search=%00", null, "search" },
        { "GET", "tickets?search=a&search=b", null, "search" },
        { "GET", "tickets?source=%07", null, "source" },
        { "GET", "tickets?status=%00", null, "status" },
        { "GET", "tickets?type=%F0%90%80", null, "" },
        { "GET", "tickets?ticketId=" + new string('x', 300), null, "ticketId" },
        { "GET", "tickets/1", null, "id" },
        { "GET", "tickets/00000000-0000-0000-0000-000000000000", null, "id" },
        { "GET", "tickets/%27%20or%201=1", null, "id" },
        { "GET", "tickets/x/history", null, "id" },
        { "GET", "tickets/imports/x", null, "id" },
        { "GET", "tickets/imports/x/refused", null, "id" },
        { "GET", "tickets/imports?page=0", null, "page" },
        { "POST", "tickets", "", "body" },
        { "POST", "tickets", "null", "body" },
        { "POST", "tickets", "[]", "body" },
        { "POST", "tickets", "{", "body" },
        { "POST", "tickets", "{}", "name" },
        { "POST", "tickets", Form.Replace("\"R\"", "5"), "name" },
        { "POST", "tickets", Form.Replace("\"R\"", "\"a\\r\\nBcc: x\""), "name" },
        { "POST", "tickets", Form.Replace("\"R\"", "\"\\ud800\""), "name" },
        { "POST", "tickets", Form.Replace("r@example.org", "nobody"), "email" },
        { "POST", "tickets", Form.Replace("r@example.org", "a@b\\r\\nc"), "email" },
        { "POST", "tickets", Form.Replace("r@example.org", "R <r@example.org>"), "email" },
        { "POST", "tickets", Form.Replace("r@example.org", new string('a', 300) + "@b.c"), "email" },
        { "POST", "tickets", Form.Replace("\"it\"", "null"), "department" },
        { "POST", "tickets", Form.Replace("\"s\"", "\" \""), "subject" },
        { "POST", "tickets", Form.Replace("\"d\"", "\"a\\u0000\""), "description" },
        { "POST", "tickets", Form.Replace("\"d\"", $"\"{new string('x', 20_000)}\""), "description" },
        { "POST", "tickets", Form.Replace("}", ",\"agentId\":\"x\"}"), "agentId" },
        { "POST", "tickets", Form.Replace("}", ",\"agentId\":\"11111111-1111-1111-1111-111111111111\"}"), "agentId" },
        { "POST", "tickets", Form.Replace("}", ",\"agentId\":\"{cal}\"}"), "agentId" },
        { "POST", "tickets/x/assign", "{\"agentId\":\"{ann}\"}", "id" },
        { "POST", "tickets/{id}/assign", "{}", "agentId" },
        { "POST", "tickets/{id}/assign", "{\"agentId\":7}", "agentId" },
        { "POST", "tickets/{id}/assign", "{\"agentId\":\"ann\"}", "agentId" },
        { "POST", "tickets/{id}/assign", "{\"agentId\":\"11111111-1111-1111-1111-111111111111\"}", "agentId" },
        { "POST", "tickets/{id}/assign", "{\"agentId\":\"{cal}\"}", "agentId" },
        { "POST", "tickets/x/status", "{\"status\":\"Closed\"}", "id" },
        { "POST", "tickets/{id}/status", "{}", "status" },
        { "POST", "tickets/{id}/status", "{\"status\":\"\"}", "status" },
        { "POST", "tickets/{id}/status", "{\"status\":\"a\\nb\"}", "status" },
        { "POST", "tickets/{id}/status", "{\"status\":{}}", "status" },
        { "POST", "tickets/{id}/status", "{\"status\":\"Closed\",\"at\":\"yesterday\"}", "at" },
        { "POST", "tickets/{id}/status", "{\"status\":\"Closed\",\"at\":7}", "at" },
        { "POST", "tickets/{id}/status", "{\"status\":\"Closed\",\"at\":\"2999-01-01T00:00:00Z\"}", "at" },
        { "POST", "tickets/{id}/status", "{\"status\":\"Closed\",\"at\":\"2026-04-30T00:00:00Z\"}", "at" },
        { "POST", "tickets/{id}/rejections", "{}", "label" },
        { "POST", "tickets/{id}/rejections", "{\"label\":[]}", "label" },
        { "POST", "tickets/{id}/rejections", "{\"label\":\"x\",\"at\":\"2999-01-01T00:00:00Z\"}", "at" },
        { "POST", "tickets/{id}/excuse", "{}", "reason" },
        { "POST", "tickets/{id}/excuse", "{\"reason\":\" \"}", "reason" },
        { "POST", "tickets/{id}/excuse", "{\"reason\":\"x\",\"eventId\":\"1\"}", "eventId" },
        { "POST", "tickets/{id}/excuse",
            "{\"reason\":\"x\",\"eventId\":\"11111111-1111-1111-1111-111111111111\"}", "eventId" },
        { "POST", "tickets/{id}/excuse/withdraw", "{}", "reason" },
        { "POST", "tickets/{id}/excuse/withdraw", "{\"reason\":5}", "reason" },
        { "POST", "tickets/{id}/dispute/decide", "{\"reason\":\"x\"}", "accept" },
        { "POST", "tickets/{id}/dispute/decide", "{\"accept\":\"yes\",\"reason\":\"x\"}", "accept" },
        { "POST", "tickets/{id}/dispute/decide", "{\"accept\":true}", "reason" },
        { "POST", "tickets/{id}/dispute/decide", "{\"accept\":true,\"reason\":\"x\",\"eventId\":\"\"}", "eventId" },
        { "POST", "tickets/{id}/dispute/decide",
            "{\"accept\":true,\"reason\":\"x\",\"eventId\":\"11111111-1111-1111-1111-111111111111\"}", "eventId" },
        { "GET", "tickets/disputes?state=both", null, "state" },
        { "GET", "tickets/disputes?page=0", null, "page" },
        { "GET", "tickets/overrides?pageSize=501", null, "pageSize" },
        { "GET", "tickets/overrides/rates?month=May", null, "month" },
        { "POST", "tickets/x/reopen", "{}", "id" }
    };

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task Is_refused_by_field(string method, string path, string? body, string field)
    {
        var id = path.Contains("{id}") ? (await app.ImportOneAsync()).ToString() : "";
        string Fill(string text) => text.Replace("{id}", id).Replace("{ann}", app.Ann.ToString())
            .Replace("{cal}", app.Cal.ToString());
        await app.ShouldChangeNothingAsync(async () =>
        {
            var call = app.CallAsync(method, Fill(path), body is null ? null : Fill(body), app.Admin);
            if (field.Length == 0)
            {
                // Bytes that are no UTF-8 are replaced before we see them: nothing is wrong with what arrives.
                Assert.InRange((int)(await call).StatusCode, 200, 499);
                return;
            }

            var problem = await call.ProblemAsync(HttpStatusCode.BadRequest);
            Assert.Equal(field, (string?)problem["field"]);
        });
    }

    [Theory]
    [InlineData("GET", "tickets/{unknown}", null)]
    [InlineData("GET", "tickets/{unknown}/history", null)]
    [InlineData("GET", "tickets/imports/{unknown}", null)]
    [InlineData("GET", "tickets/imports/{unknown}/refused", null)]
    [InlineData("POST", "tickets/{unknown}/assign", "{\"agentId\":\"{ann}\"}")]
    [InlineData("POST", "tickets/{unknown}/status", "{\"status\":\"Closed\"}")]
    [InlineData("POST", "tickets/{unknown}/reopen", "{}")]
    [InlineData("POST", "tickets/{unknown}/rejections", "{\"label\":\"x\"}")]
    [InlineData("POST", "tickets/{unknown}/excuse", "{\"reason\":\"x\"}")]
    [InlineData("POST", "tickets/{unknown}/excuse/withdraw", "{\"reason\":\"x\"}")]
    [InlineData("POST", "tickets/{unknown}/dispute", "{\"reason\":\"x\"}")]
    [InlineData("POST", "tickets/{unknown}/dispute/decide", "{\"accept\":true,\"reason\":\"x\"}")]
    public Task About_what_is_not_there_is_not_found(string method, string path, string? body) =>
        app.ShouldChangeNothingAsync(() => app.CallAsync(
                method, path.Replace("{unknown}", Guid.NewGuid().ToString()),
                body?.Replace("{ann}", app.Ann.ToString()), app.Admin)
            .ProblemAsync(HttpStatusCode.NotFound));

    [Theory]
    [InlineData("If-Match", "x")]
    [InlineData("If-Match", "\"-1\"")]
    [InlineData("If-Match", "\"99999999999999999999\"")]
    public async Task In_headers_is_refused_too(string header, string value)
    {
        var id = await app.ImportOneAsync();
        await app.ShouldChangeNothingAsync(() => app.CallAsync(
                "POST", $"tickets/{id}/rejections", new { label = "x" }, app.Admin, (header, value))
            .ProblemAsync(HttpStatusCode.BadRequest));
    }
}
