using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Overrides;

public sealed class Overrides_are_listed(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task With_who_when_why_and_which_newest_first()
    {
        var id = await RejectedAsync(app.Ann, "2026-05-03T10:00:00Z");
        await app.PostAsync($"tickets/{id}/excuse", new { reason = "County" }, app.Token("supervisor-north"));
        await app.PostAsync($"tickets/{id}/excuse/withdraw", new { reason = "Was ours" });
        await app.PostAsync($"tickets/{id}/dispute", new { reason = "No" }, app.Token("ann"));
        await app.PostAsync(
            $"tickets/{id}/dispute/decide", new { accept = true, reason = "Right" }, app.Token("lead-north"));
        var lines = await LinesAsync(id, "admin");
        Assert.Equal(
            ["disputeAccepted lead Right", "withdrawn admin Was ours", "excused supervisor County"],
            lines.Select(i => $"{i["action"]} {i["by"]} {i["reason"]}").Select(Plain));
        Assert.All(lines, line => Assert.Equal("Ann", (string?)line["agent"]));
        Assert.Equal(3, (await LinesAsync(id, "head-sales")).Length);
        Assert.Empty(await LinesAsync(id, "supervisor-south"));
        Assert.Equal(
            ["excused"], (await LinesAsync(id, "admin", "&by=supervisor")).Select(i => (string)i["action"]!));
        Assert.Equal(1, (int)(await app.GetAsync("tickets/overrides?pageSize=1&by=admin"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task But_not_what_was_erased()
    {
        var id = await RejectedAsync(app.Ann, "2026-05-03T10:00:00Z");
        await app.PostAsync($"tickets/{id}/excuse", new { reason = "Her baby was ill" });
        await app.EraseAsync(id);
        Assert.Equal("", (string?)Assert.Single(await LinesAsync(id, "admin"))["reason"]);
    }

    [Fact]
    public async Task Rates_count_rejections_of_the_month_in_sight()
    {
        // Four in March in the business zone, one of them on its last evening there; one is April's.
        var tickets = new List<Guid>();
        foreach (var at in (string[])["03-01T08:00:00Z", "03-15T12:00:00Z", "03-20T12:00:00Z", "04-01T06:59:00Z"])
        {
            tickets.Add(await RejectedAsync(app.Ann, $"2025-{at}"));
        }

        await RejectedAsync(app.Ann, "2025-04-01T07:00:00Z");
        var bobs = await RejectedAsync(app.Bob, "2025-03-02T12:00:00Z");
        await app.PostAsync($"tickets/{tickets[0]}/excuse", new { reason = "x" }, app.Token("supervisor-north"));
        await app.PostAsync($"tickets/{tickets[1]}/excuse", new { reason = "x" }, app.Token("supervisor-north"));
        await app.PostAsync($"tickets/{tickets[1]}/excuse/withdraw", new { reason = "x" }, app.Token("lead-north"));
        await app.PostAsync($"tickets/{bobs}/excuse", new { reason = "x" });

        var north = await RatesAsync("supervisor-north");
        Assert.Equal("2025-03 4 1 25", $"{north["month"]} {north["rejections"]} {north["excused"]} {north["rate"]}");
        Assert.Equal("admin 4 0 0|lead 4 0 0|supervisor 4 1 25", Rows(north));
        var south = await RatesAsync("lead-south");
        Assert.Equal("1 1", $"{south["rejections"]} {south["excused"]}");
        Assert.Equal("admin 1 1 100|lead 1 0 0", Rows(south));
        Assert.Equal("admin 5 1 20|lead 4 0 0|supervisor 4 1 25", Rows(await RatesAsync("admin")));
        Assert.Equal(0, (int)(await app.GetAsync("tickets/overrides/rates?month=2019-01"))["rejections"]!);
    }

    // Which order they come in is not what this is about.
    private static string Rows(JsonNode rates) => string.Join('|', rates["items"]!.AsArray()
        .Select(i => $"{i!["supervisor"]} {i["rejections"]} {i["excused"]} {i["rate"]}").Select(Plain)
        .Order(StringComparer.Ordinal));

    private static string Plain(string line) => line.Replace("team-lead", "lead");

    private Task<JsonNode> RatesAsync(string caller) =>
        app.GetAsync("tickets/overrides/rates?month=2025-03", app.Token(caller));

    private async Task<JsonNode[]> LinesAsync(Guid id, string caller, string more = "") =>
    [
        .. (await app.GetAsync($"tickets/overrides?pageSize=500{more}", app.Token(caller)))["items"]!.AsArray()
            .Where(i => (Guid)i!["id"]! == id).Select(i => i!)
    ];

    private async Task<Guid> RejectedAsync(Guid agent, string at)
    {
        var id = await app.ImportOneAsync(agentId: agent, at: "2025-01-01T00:00:00Z");
        await app.PostAsync($"tickets/{id}/rejections", new { label = "Wrong fee", at });
        return id;
    }
}
