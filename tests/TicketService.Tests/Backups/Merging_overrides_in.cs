using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Performance.Contracts;
using Performance.Testing;

namespace Performance.Tickets.Backups;

public sealed class Merging_overrides_in(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task An_excuse_covers_what_was_rejected_by_then()
    {
        var ticket = await RejectedAsync("Fee", "2026-05-02T10:00:00Z");
        await RejectAsync(ticket, "Title", "2026-05-09T10:00:00Z");
        var id = Guid.NewGuid();
        var entry = Entry(id, ticket, "2026-05-05T10:00:00Z");
        Assert.Equal("1 0 0 0", (await app.RestoreAsync(Document(entry))).Counts("overrides"));
        Assert.Equal("Fee", await ExcusedAsync(ticket));
        Assert.Equal("0 0 1 0", (await app.RestoreAsync(Document(entry))).Counts("overrides"));

        entry["withdrawn"] = Withdrawn("2026-05-06T10:00:00Z");
        Assert.Equal("0 1 0 0", (await app.RestoreAsync(Document(entry))).Counts("overrides"));
        Assert.Null(await ExcusedAsync(ticket));
        Assert.Equal("0 0 1 0", (await app.RestoreAsync(Document(entry))).Counts("overrides"));
    }

    [Fact]
    public async Task What_was_decided_here_later_stands()
    {
        var ticket = await RejectedAsync("Fee", "2026-05-02T10:00:00Z");
        await app.PostAsync($"tickets/{ticket}/excuse", new { reason = "x" });
        await app.PostAsync($"tickets/{ticket}/excuse/withdraw", new { reason = "y" });
        await app.ShouldChangeNothingAsync(async () => Assert.Equal("0 0 1 0", (await app.RestoreAsync(
            Document(Entry(Guid.NewGuid(), ticket, "2026-05-05T10:00:00Z")))).Counts("overrides")));

        var again = Entry(Guid.NewGuid(), ticket, "2026-05-05T10:00:00Z");
        again["withdrawn"] = Withdrawn("2026-05-06T10:00:00Z");
        await app.PostAsync($"tickets/{ticket}/excuse", new { reason = "z" });
        await app.ShouldChangeNothingAsync(async () => Assert.Equal(
            "0 0 1 0", (await app.RestoreAsync(Document(again))).Counts("overrides")));
        Assert.Equal("Fee", await ExcusedAsync(ticket));
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_entry_and_the_rest_goes_in()
    {
        var (ticket, clean) = (await RejectedAsync("Fee", "2026-05-02T10:00:00Z"), await app.ImportOneAsync());
        const string at = "2026-05-05T10:00:00Z";
        JsonObject With(string field, JsonNode? value, Guid? about = null)
        {
            var entry = Entry(Guid.NewGuid(), about ?? ticket, at);
            entry[field] = value;
            return entry;
        }

        var good = With("rejectionLabel", "fee");
        var answer = await app.RestoreAsync(Document(
            With("ticket", JsonNode.Parse("""{"source":"log","externalId":"unknown"}""")), With("ticket", null),
            With("id", "x"), With("by", null), With("reason", null), With("at", "yesterday"),
            With("at", "2026-04-01T10:00:00Z"), With("at", "2999-01-01T00:00:00Z"),
            With("rejectionLabel", "Another"), With("reason", "x", clean), With("withdrawn", new JsonObject()), good,
            good));
        Assert.Equal("1 0 0 12", answer.Counts("overrides"));
        Assert.Equal(
            [
                "ticket", "ticket", "id", "by", "reason", "at", "at", "at", "rejectionEventId", "ticket",
                "withdrawn.reason", "id"
            ],
            answer["sections"]![0]!["refused"]!.AsArray().Select(r => (string)r!["field"]!));
        Assert.Equal("Fee", await ExcusedAsync(ticket));
    }

    [Fact]
    public async Task Days_are_merged_by_the_later_word()
    {
        Task<JsonNode> ImportAsync(string notes, string at, Guid? agent = null, string id = "2") => app.RestoreAsync(
            TicketBackup.Of(new JsonArray(), JsonNode.Parse($$"""
                [{"agentId":"{{agent ?? app.Bob}}","date":"2026-05-04","notes":"{{notes}}","at":"{{at}}",
                  "entries":[{"id":"1","accessId":""},{"id":"{{id}}","accessId":"VIN"}]}]
                """)));
        Assert.Equal("1 0 0 0", (await ImportAsync("a", "2026-05-04T10:00:00Z")).Counts("productivity"));
        Assert.Equal("0 1 0 0", (await ImportAsync("b", "2026-05-04T11:00:00Z")).Counts("productivity"));
        Assert.Equal("0 0 1 0", (await ImportAsync("a", "2026-05-04T10:00:00Z")).Counts("productivity"));
        const string noon = "2026-05-04T12:00:00Z";
        Assert.Equal("0 0 0 1", (await ImportAsync("a", noon, Guid.NewGuid())).Counts("productivity"));
        Assert.Equal("0 0 0 1", (await ImportAsync("a", noon, id: "1")).Counts("productivity"));
        Assert.Equal("b", (string)(await app.GetAsync($"worklog/{app.Bob}/2026-05-04"))["notes"]!);
    }

    [Fact]
    public async Task A_year_of_five_hundred_people_takes_seconds()
    {
        var days = new JsonArray();
        foreach (var day in Enumerable.Range(0, 5000))
        {
            days.Add(JsonNode.Parse($$"""
                {"agentId":"{{app.Ann}}","date":"{{new DateOnly(2012, 1, 1).AddDays(day):yyyy-MM-dd}}","notes":"n",
                 "entries":[{"id":"1","accessId":"V"}],"at":"2026-01-01T00:00:00Z"}
                """));
        }

        // A twenty-fifth of it.
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("5000 0 0 0", (await app.RestoreAsync(TicketBackup.Of(new JsonArray(), days)))
            .Counts("productivity"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Text_that_is_erased_is_told_to_others()
    {
        var ticket = await RejectedAsync("Fee", "2026-05-02T10:00:00Z");
        await app.PostAsync($"tickets/{ticket}/excuse", new { reason = "Her baby was ill" });
        var excuse = (await app.FactsAsync()).OfType<ExcuseKept>().Single(f => f.TicketId == ticket);
        Assert.Equal("Her baby was ill", excuse.Reason);
        // The watch on the store begins soon after the service does.
        await Eventually.Async(async () => await app.Database.ScalarAsync<bool>(
            "select exists (select 1 from pg_trigger where tgname = 'note_erased_record')"));
        await app.EraseAsync(ticket);
        var told = await Eventually.ValueAsync(
            async () => (await app.FactsAsync()).OfType<TextErased>().SingleOrDefault(
                f => f.EventIds.Contains(excuse.EventId)), fact => fact is not null);
        Assert.Equal([excuse.EventId], told!.EventIds);
        Assert.Equal("", (await app.FactsAsync()).OfType<ExcuseKept>().Single(f => f.TicketId == ticket).Reason);
        await app.EraseAsync(ticket);
        Assert.Equal(0, await app.Database.ScalarAsync<long>("select count(*) from erased_record"));
    }

    [Theory]
    [InlineData("{}", "format")]
    [InlineData("""{"format":"performance-portal-data","version":1,"overrides":5}""", "overrides")]
    [InlineData(
        """{"format":"performance-portal-data","version":1,"overrides":[{"ticket":5}]}""", "overrides[0].ticket")]
    [InlineData(
        """{"format":"performance-portal-data","version":1,"productivity":[{"entries":[null,7]}]}""",
        "productivity[0].entries[1]")]
    public Task A_malformed_document_is_refused_by_field(string document, string field) =>
        app.ShouldChangeNothingAsync(async () => Assert.Equal(field, (string)(await app.CallAsync(
            "POST", "tickets/backup", document, app.Admin).ProblemAsync(HttpStatusCode.BadRequest))["field"]!));

    private async Task<Guid> RejectedAsync(string label, string at)
    {
        var id = await app.ImportOneAsync();
        await RejectAsync(id, label, at);
        return id;
    }

    private Task RejectAsync(Guid ticket, string label, string at) =>
        app.PostAsync($"tickets/{ticket}/rejections", new { label, at });

    private Task<string?> ExcusedAsync(Guid ticket) => app.Database.ScalarAsync<string>(
        "select string_agg(label, ' ') from ticket_rejection where ticket_id = $1 and excused_by is not null", ticket);

    private static JsonObject Document(params JsonNode[] overrides) =>
        TicketBackup.Of(new JsonArray([.. overrides.Select(entry => entry.DeepClone())]));

    private static JsonObject Entry(Guid id, Guid ticket, string at) => JsonSerializer.SerializeToNode(
        new { id, ticket = new { id = ticket }, reason = "County", by = "sue", at }, Http.Json)!.AsObject();

    private static JsonNode Withdrawn(string at) =>
        JsonSerializer.SerializeToNode(new { by = "sam", reason = "No", at }, Http.Json)!;
}
