using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Overrides;

public sealed class Disputes_over_http(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task Are_decided_and_leave_the_queue()
    {
        var id = await RejectedAsync();
        await DisputeAsync(id);
        var waiting = await OneAsync(id, "open", "supervisor-north");
        Assert.Equal(
            ("Ann", """["Wrong fee"]""", "Not ours", "ann", true, null), (
                (string)waiting["agent"]!, waiting["labels"]!.ToJsonString(), (string)waiting["reason"]!,
                (string)waiting["by"]!, (bool)waiting["mayDecide"]!, (bool?)waiting["accepted"]));
        Assert.InRange((decimal)waiting["ageHours"]!, 0, 1);
        Assert.Equal("open", await StateAsync(id));

        var answer = await DecideAsync(id, true);
        Assert.Equal(6, (long)answer["version"]!);
        Assert.Null(await FindAsync(id, "open", "supervisor-north"));
        var decided = await OneAsync(id, "decided", "ann");
        Assert.Equal((true, "supervisor", "Checked", false), (
            (bool)decided["accepted"]!, (string)decided["decidedBy"]!, (string)decided["decisionReason"]!,
            (bool)decided["mayDecide"]!));
        Assert.Equal("accepted", await StateAsync(id));
        Assert.True((bool)(await app.GetAsync($"tickets/{id}"))["rejections"]![0]!["excused"]!);
    }

    [Fact]
    public async Task Declined_keep_the_rejection_counting()
    {
        var id = await RejectedAsync();
        await DisputeAsync(id);
        await DecideAsync(id, false);
        Assert.Equal("declined", await StateAsync(id));
        Assert.False((bool)(await app.GetAsync($"tickets/{id}"))["rejections"]![0]!["excused"]!);
        var again = await DecideAsync(id, false);
        Assert.Equal(5, (long)again["version"]!);
        await app.CallAsync(
            "POST", $"tickets/{id}/dispute/decide", new { accept = true, reason = "x" }, app.Admin)
            .ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Are_refused_twice_and_after_an_excuse()
    {
        var id = await RejectedAsync();
        await DisputeAsync(id);
        await app.ShouldChangeNothingAsync(() => app
            .CallAsync("POST", $"tickets/{id}/dispute", new { reason = "Again" }, app.Token("ann"))
            .ProblemAsync(HttpStatusCode.Conflict));
        var excused = await RejectedAsync();
        await app.PostAsync($"tickets/{excused}/excuse", new { reason = "County" });
        await app.ShouldChangeNothingAsync(() => app
            .CallAsync("POST", $"tickets/{excused}/dispute", new { reason = "Mine" }, app.Token("ann"))
            .ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Follow_If_Match_and_have_one_effect_for_one_key()
    {
        var id = await RejectedAsync();
        await app.CallAsync(
            "POST", $"tickets/{id}/dispute", new { reason = "x" }, app.Token("ann"), ("If-Match", "\"2\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed);
        var key = ("Idempotency-Key", $"dispute-{id}");
        var first = await app.CallAsync("POST", $"tickets/{id}/dispute", new { reason = "x" }, app.Token("ann"), key)
            .JsonAsync();
        var again = await app.CallAsync("POST", $"tickets/{id}/dispute", new { reason = "x" }, app.Token("ann"), key)
            .JsonAsync();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.NotNull(await FindAsync(id, "open", "admin"));
    }

    [Fact]
    public async Task Show_to_whom_they_concern()
    {
        var id = await RejectedAsync();
        await DisputeAsync(id);
        foreach (var (caller, sees) in ((string, bool)[])
            [
                ("ann", true), ("bob", false), ("supervisor-north", true), ("supervisor-south", false),
                ("lead-north", true), ("head-sales", true), ("head-service", false), ("admin", true)
            ])
        {
            Assert.Equal((caller, sees), (caller, await FindAsync(id, "open", caller) is not null));
        }

        Assert.False((bool)(await OneAsync(id, "open", "ann"))["mayDecide"]!);
        Assert.False((bool)(await OneAsync(id, "open", "head-sales"))["mayDecide"]!);
    }

    [Fact]
    public async Task Wait_with_the_oldest_first()
    {
        var (first, second) = (await RejectedAsync(), await RejectedAsync());
        await DisputeAsync(second);
        await DisputeAsync(first);
        var queue = (await app.GetAsync("tickets/disputes?pageSize=500"))["items"]!.AsArray()
            .Select(i => (Guid)i!["id"]!).Where(id => id == first || id == second);
        Assert.Equal([second, first], queue);
    }

    [Fact]
    public async Task At_once_are_decided_once()
    {
        var id = await RejectedAsync();
        await DisputeAsync(id);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => DecideAsync(id, true)));
        Assert.Equal(1, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where stream_id = $1 and type = 'dispute_decided'", id));
        Assert.Equal(1, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where stream_id = $1 and type = 'rejections_excused'", id));
    }

    private async Task<Guid> RejectedAsync()
    {
        var id = await app.ImportOneAsync();
        await app.PostAsync($"tickets/{id}/rejections", new { label = "Wrong fee" });
        return id;
    }

    private Task<JsonNode> DisputeAsync(Guid id) =>
        app.PostAsync($"tickets/{id}/dispute", new { reason = "Not ours" }, app.Token("ann"));

    private Task<JsonNode> DecideAsync(Guid id, bool accept) => app.PostAsync(
        $"tickets/{id}/dispute/decide", new { accept, reason = "Checked" }, app.Token("supervisor-north"));

    private async Task<string?> StateAsync(Guid id) =>
        (string?)(await app.GetAsync($"tickets/{id}"))["rejections"]![0]!["dispute"];

    private async Task<JsonNode?> FindAsync(Guid id, string state, string caller) =>
        (await app.GetAsync($"tickets/disputes?state={state}&pageSize=500", app.Token(caller)))["items"]!.AsArray()
        .SingleOrDefault(i => (Guid)i!["id"]! == id);

    private async Task<JsonNode> OneAsync(Guid id, string state, string caller) =>
        (await FindAsync(id, state, caller))!;
}
