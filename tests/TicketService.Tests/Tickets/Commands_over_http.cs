using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets;

public sealed class Commands_over_http(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task Answer_version_position_and_etag()
    {
        var id = await app.ImportOneAsync();
        var response = await app.CallAsync("POST", $"tickets/{id}/status", new { status = "Closed" }, app.Admin)
            .ShouldBeAsync(HttpStatusCode.OK);
        var answer = await Task.FromResult(response).JsonAsync();
        Assert.Equal(3, (long)answer["version"]!);
        Assert.Equal("\"3\"", response.Headers.ETag!.Tag);
        Assert.Equal(1, (long)answer["position"]! % 8);
        var ticket = await app.GetAsync($"tickets/{id}");
        Assert.Equal(("Closed", 3), ((string)ticket["status"]!, (long)ticket["version"]!));
    }

    [Fact]
    public async Task Spell_a_status_as_its_source_does()
    {
        await app.ImportOneAsync("Waiting For County");
        var id = await app.ImportOneAsync();
        await app.PostAsync($"tickets/{id}/status", new { status = " waiting for county " });
        Assert.Equal("Waiting For County", (string)(await app.GetAsync($"tickets/{id}"))["status"]!);
    }

    [Fact]
    public async Task Refuse_a_stale_version()
    {
        var id = await app.ImportOneAsync();
        await app.ShouldChangeNothingAsync(() => app
            .CallAsync("POST", $"tickets/{id}/status", new { status = "Closed" }, app.Admin, ("If-Match", "\"1\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed));
        await app.CallAsync("POST", $"tickets/{id}/status", new { status = "Closed" }, app.Admin, ("If-Match", "\"2\""))
            .ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Have_one_effect_for_one_key()
    {
        var id = await app.ImportOneAsync();
        var first = await RejectAsync(id, "key-1");
        var again = await RejectAsync(id, "key-1");
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.NotEqual(first.ToJsonString(), (await RejectAsync(id, "key-2")).ToJsonString());
        Assert.Equal(2, (await app.GetAsync($"tickets/{id}"))["rejections"]!.AsArray().Count);
    }

    [Fact]
    public async Task At_once_are_all_counted()
    {
        var id = await app.ImportOneAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RejectAsync(id, null)));
        Assert.Equal(6, (await app.GetAsync($"tickets/{id}"))["rejections"]!.AsArray().Count);
    }

    [Fact]
    public async Task Move_intake_tickets_forward_only()
    {
        var id = await app.SubmitAsync(app.Ann);
        await app.PostAsync($"tickets/{id}/status", new { status = "on progress" }, app.Token("ann"));
        var problem = await app.CallAsync("POST", $"tickets/{id}/status", new { status = "New" }, app.Admin)
            .ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal("""["Closed","Rejected"]""", problem["allowed"]!.ToJsonString());
        await app.PostAsync($"tickets/{id}/status", new { status = "Closed" });
        await app.PostAsync($"tickets/{id}/reopen", new { });
        Assert.Equal("On Progress", (string)(await app.GetAsync($"tickets/{id}"))["status"]!);
    }

    [Fact]
    public async Task File_a_ticket_once_for_one_key()
    {
        var first = await FileAsync();
        var again = await FileAsync();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.StartsWith("T-", (string)first["number"]!);
        var ticket = await app.GetAsync($"tickets/{first["id"]}");
        Assert.Equal("rita@example.org", (string)ticket["requestor"]!["email"]!);
    }

    [Fact]
    public async Task Excuse_one_rejection_and_take_it_back()
    {
        var id = await app.ImportOneAsync();
        await RejectAsync(id, null);
        await RejectAsync(id, null);
        var eventId = (string)(await app.GetAsync($"tickets/{id}"))["rejections"]![1]!["eventId"]!;
        await app.PostAsync($"tickets/{id}/excuse", new { reason = "County", eventId });
        Assert.Equal("False True", await ExcusedAsync(id));
        await app.PostAsync($"tickets/{id}/excuse/withdraw", new { reason = "Was ours", eventId });
        Assert.Equal("False False", await ExcusedAsync(id));
    }

    [Fact]
    public async Task Leave_a_history()
    {
        var id = await app.ImportOneAsync();
        await app.PostAsync($"tickets/{id}/status", new { status = "Closed", at = "2026-05-02T10:00:00+02:00" });
        var items = (await app.GetAsync($"tickets/{id}/history"))["items"]!.AsArray();
        Assert.Equal(
            ["ticket_imported", "ticket_assigned", "ticket_status_changed"], items.Select(i => (string)i!["type"]!));
        Assert.Equal([1, 2, 3], items.Select(i => (int)i!["step"]!));
        Assert.Equal((null, "admin"), ((string?)items[0]!["by"], (string?)items[2]!["by"]));
        Assert.Equal(
            DateTimeOffset.Parse("2026-05-02T08:00:00Z"), items[2]!["occurredAt"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task Are_not_sent_again_what_has_not_changed()
    {
        var id = await app.ImportOneAsync();
        await app.CallAsync("GET", $"tickets/{id}", null, app.Admin, ("If-None-Match", "\"2\""))
            .ShouldBeAsync(HttpStatusCode.NotModified);
        await app.CallAsync("GET", $"tickets/{id}", null, app.Admin, ("If-None-Match", "\"1\""))
            .ShouldBeAsync(HttpStatusCode.OK);
    }

    private Task<JsonNode> RejectAsync(Guid id, string? key) => app.CallAsync(
        "POST", $"tickets/{id}/rejections", new { label = "Wrong fee" }, app.Admin,
        key is null ? [] : [("Idempotency-Key", key)]).JsonAsync();

    private Task<JsonNode> FileAsync() => app.CallAsync(
        "POST", "tickets", TicketApp.Intake(app.Ann), null, ("Idempotency-Key", "a-requestor-s-key")).JsonAsync();

    private async Task<string> ExcusedAsync(Guid id) => string.Join(
        ' ', (await app.GetAsync($"tickets/{id}"))["rejections"]!.AsArray().Select(r => (bool)r!["excused"]!));
}
