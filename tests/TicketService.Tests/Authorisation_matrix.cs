using System.Net;
using Performance.Testing;

namespace Performance.Tickets;

/// <summary>Every endpoint, called by every role: a new endpoint without a row fails.</summary>
public sealed class Authorisation_matrix(TicketApp app) : IClassFixture<TicketApp>
{
    private const string Persons =
        "ann bob supervisor-north supervisor-south lead-north lead-south head-sales head-service admin";

    private const string Everyone = Persons + " integration requestor no-role nobody";
    private const string SeesAnn = "ann supervisor-north lead-north head-sales admin";
    private const string WorksOnAnns = "ann supervisor-north lead-north admin";
    private const string DecidesForAnn = "supervisor-north lead-north admin";
    private const string Oversight =
        "supervisor-north supervisor-south lead-north lead-south head-sales head-service admin";

    private const string Supervision = "supervisor-north supervisor-south lead-north lead-south admin";

    private static readonly Row[] Rows =
    [
        new("POST", "tickets", Everyone,
            Body: """{"name":"R","email":"r@example.org","department":"it","subject":"s","description":"d"}"""),
        new("GET", "tickets", Persons),
        new("GET", "tickets/{id}", SeesAnn, "tickets/{anns}"),
        new("GET", "tickets/{id}/history", SeesAnn, "tickets/{anns}/history"),
        new("POST", "tickets/{id}/assign", DecidesForAnn, "tickets/{anns}/assign", """{"agentId":"{ann}"}"""),
        new("POST", "tickets/{id}/assign", "admin", "tickets/{anns}/assign", """{"agentId":"{bob}"}"""),
        new("POST", "tickets/{id}/assign", DecidesForAnn, "tickets/{queued}/assign", """{"agentId":"{ann}"}"""),
        new("POST", "tickets/{id}/status", WorksOnAnns, "tickets/{anns}/status", """{"status":"Closed"}"""),
        new("POST", "tickets/{id}/reopen", WorksOnAnns, "tickets/{closed}/reopen", "{}"),
        new("POST", "tickets/{id}/rejections", WorksOnAnns, "tickets/{anns}/rejections", """{"label":"x"}"""),
        new("POST", "tickets/{id}/excuse", DecidesForAnn, "tickets/{rejected}/excuse", """{"reason":"x"}"""),
        new("POST", "tickets/{id}/excuse/withdraw", DecidesForAnn, "tickets/{excused}/excuse/withdraw",
            """{"reason":"x"}"""),
        new("POST", "tickets/{id}/dispute", "ann", "tickets/{rejected}/dispute", """{"reason":"x"}"""),
        new("POST", "tickets/{id}/dispute/decide", DecidesForAnn, "tickets/{disputed}/dispute/decide",
            """{"accept":false,"reason":"x"}"""),
        new("GET", "tickets/disputes", Persons),
        new("GET", "tickets/overrides", Oversight),
        new("GET", "tickets/overrides/rates", Oversight),
        new("GET", "tickets/{id}", Supervision, "tickets/{queued}"),
        new("POST", "tickets/imports", Supervision, Body: "file"),
        new("POST", "tickets/imports/preview", Supervision, Body: "file"),
        new("GET", "tickets/imports", Supervision),
        new("GET", "tickets/imports/{id}", Supervision, "tickets/imports/{import}"),
        new("GET", "tickets/imports/{id}/refused", Supervision, "tickets/imports/{import}/refused"),
        new("GET", "tickets/sync", "admin"),
        new("GET", "tickets/sync/settings", "admin"),
        new("PUT", "tickets/sync/settings", "admin",
            Body: """{"baseAddress":"http://127.0.0.1:9","teamId":"1","token":"x"}"""),
        new("POST", "tickets/sync/run", "admin", Body: "{}"),
        new("POST", "tickets/sync/webhook", "", Body: "{}", Otherwise: "401"),
        new("POST", "tickets/backup", "admin", Body: """{"format":"performance-portal-data","version":1}"""),
        new("POST", "activity", "integration admin", Body: "activity"),
        new("GET", "worklog/{agentId}/{date}", SeesAnn, "worklog/{ann}/2026-05-01"),
        new("GET", "worklog", Persons, "worklog?from=2026-05-01&to=2026-05-31"),
        new("GET", "worklog", SeesAnn, "worklog?from=2026-05-01&to=2026-05-31&agentId={ann}"),
        new("PUT", "worklog/{agentId}/{date}", "ann", "worklog/{ann}/2026-05-01", """{"notes":"n"}""")
    ];

    [Fact]
    public void Has_a_row_for_every_endpoint() => Assert.Equal(
        app.Endpoints(),
        Rows.Select(r => $"{r.Method} /api/{r.Endpoint}").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Holds_for_every_role()
    {
        var wrong = new List<string>();
        foreach (var row in Rows)
        {
            foreach (var caller in Everyone.Split(' '))
            {
                var (path, body) = (await FillAsync(row.Path ?? row.Endpoint), await FillAsync(row.Body));
                var expected = row.Allowed.Split(' ').Contains(caller) ? "2xx"
                    : row.Otherwise ?? (caller == "nobody" ? "401" : "403");
                // An import that was let in before works on behind its answer; what it changes is nobody else's.
                await Eventually.Async(async () => !(await (await app.CallAsync(
                        "GET", "tickets/imports", null, app.Token("admin"))).Content.ReadAsStringAsync())
                    .Contains("\"Running\"", StringComparison.Ordinal));
                var before = await app.ContentsAsync();
                var status = (await app.CallAsync(row.Method, path!, Content(body), app.Token(caller))).StatusCode;
                var got = (int)status is >= 200 and < 300 ? "2xx" : ((int)status).ToString();
                if (got != expected || (got != "2xx" && before != await app.ContentsAsync()))
                {
                    wrong.Add($"{row.Method} {path} by {caller}: {got} instead of {expected}");
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
            foreach (var row in Rows.Where(r => r.Allowed != Everyone))
            {
                var path = (row.Path ?? row.Endpoint).Replace("{", "").Replace("}", "");
                var status = (await app.CallAsync(row.Method, path, Content(row.Body), token)).StatusCode;
                Assert.True(status == HttpStatusCode.Unauthorized, $"{flaw}: {row.Method} {path} answered {status}");
            }
        }
    }

    [Fact]
    public async Task Lists_show_everybody_their_own_part()
    {
        var anns = await app.ImportOneAsync();
        var bobs = await app.ImportOneAsync(agentId: app.Bob);
        var queued = await app.SubmitAsync();
        var names = new Dictionary<Guid, string> { [anns] = "anns", [bobs] = "bobs", [queued] = "queued" };
        async Task<string> SeesAsync(string caller)
        {
            var items = (await app.GetAsync("tickets?pageSize=500", app.Token(caller)))["items"]!.AsArray();
            return string.Join(
                ' ', items.Select(i => names.GetValueOrDefault((Guid)i!["id"]!)).OfType<string>().Order());
        }

        Assert.Equal("anns", await SeesAsync("ann"));
        Assert.Equal("bobs", await SeesAsync("bob"));
        Assert.Equal("anns queued", await SeesAsync("supervisor-north"));
        Assert.Equal("bobs queued", await SeesAsync("lead-south"));
        Assert.Equal("anns", await SeesAsync("head-sales"));
        Assert.Equal("anns bobs queued", await SeesAsync("admin"));
    }

    private static object? Content(string? body) => body switch
    {
        "file" => TicketApp.Form("Task ID,Task Name,Status\n"u8.ToArray(), null),
        "activity" => new StringContent(
            "[]", System.Text.Encoding.UTF8, "application/cloudevents-batch+json"),
        _ => body
    };

    private async Task<string?> FillAsync(string? text)
    {
        if (text is null)
        {
            return null;
        }

        text = text.Replace("{ann}", app.Ann.ToString()).Replace("{bob}", app.Bob.ToString());
        foreach (var (name, make) in ((string, Func<Task<Guid>>)[])
            [
                ("{anns}", () => app.ImportOneAsync()),
                ("{closed}", () => app.ImportOneAsync("Closed")),
                ("{queued}", () => app.SubmitAsync()),
                ("{rejected}", RejectedAsync),
                ("{excused}", ExcusedAsync),
                ("{disputed}", DisputedAsync),
                ("{import}", async () => (Guid)(await app.ImportAsync("x\n1", null))["importId"]!)
            ])
        {
            text = text.Contains(name) ? text.Replace(name, (await make()).ToString()) : text;
        }

        return text;
    }

    private async Task<Guid> RejectedAsync()
    {
        var id = await app.ImportOneAsync();
        await app.PostAsync($"tickets/{id}/rejections", new { label = "Wrong fee" });
        return id;
    }

    private async Task<Guid> ExcusedAsync()
    {
        var id = await RejectedAsync();
        await app.PostAsync($"tickets/{id}/excuse", new { reason = "County" });
        return id;
    }

    private async Task<Guid> DisputedAsync()
    {
        var id = await RejectedAsync();
        await app.PostAsync($"tickets/{id}/dispute", new { reason = "Not mine" }, app.Token("ann"));
        return id;
    }

    private sealed record Row(
        string Method, string Endpoint, string Allowed, string? Path = null, string? Body = null,
        string? Otherwise = null);
}
