using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Coaching.Backups;

public sealed class Merging_a_backup_in(CoachingApp app) : IClassFixture<CoachingApp>
{
    private const string Early = "2020-01-01T00:00:00Z";
    private const string Late = "2026-01-02T00:00:00.1234567Z";

    [Fact]
    public async Task The_later_word_holds()
    {
        var agent = await app.NewAgentAsync("north");
        Task<JsonNode> ImportAsync(decimal percent, string at) => app.ImportAsync(Document("attendance", new
        {
            agentId = agent, month = "2026-01", percent, by = "sue", at
        }));
        Assert.Equal("1 0 0 0", (await ImportAsync(90, Early)).Counts("attendance"));
        Assert.Equal("0 1 0 0", (await ImportAsync(80, Late)).Counts("attendance"));
        Assert.Equal("0 0 1 0", (await ImportAsync(90, Early)).Counts("attendance"));
        var row = (await app.GetAsync($"attendance/{agent}?from=2026-01&to=2026-01"))["items"]![0]!;
        Assert.Equal((80m, "sue"), ((decimal)row["percent"]!, (string)row["by"]!));

        // What a supervisor records now is later than any backup.
        await app.PutAsync($"attendance/{agent}/2026-01", new { percent = (decimal?)null });
        Assert.Equal("0 0 1 0", (await ImportAsync(80, Late)).Counts("attendance"));
        Assert.Empty((await app.GetAsync($"attendance/{agent}?from=2026-01&to=2026-01"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_logged_session_is_not_changed_but_its_answers_come_in()
    {
        var (id, agent) = (Guid.NewGuid(), await app.NewAgentAsync("north"));
        JsonObject Log(string notes, string? acknowledgedAt, string? doneAt) => Document("coachingLogs", new
        {
            id, agentId = agent, date = "2026-01-15", notes, by = "sue", at = Early, acknowledgedAt,
            actionItem = new { text = "Read", owner = "agent", dueDate = "2026-02-01", doneAt }
        });
        Assert.Equal("1 0 0 0", (await app.ImportAsync(Log("n", null, null))).Counts("coachingLogs"));
        Assert.Equal("0 1 0 0", (await app.ImportAsync(Log("n", Late, Late))).Counts("coachingLogs"));
        Assert.Equal("0 0 1 0", (await app.ImportAsync(Log("n", null, null))).Counts("coachingLogs"));
        Assert.Equal("0 0 0 1", (await app.ImportAsync(Log("other", null, null))).Counts("coachingLogs"));
        await app.PostAsync($"sessions/{id}/action-item", new { done = false });
        Assert.Equal("0 0 1 0", (await app.ImportAsync(Log("n", Late, Late))).Counts("coachingLogs"));
        var session = await app.GetAsync($"sessions/{id}");
        Assert.Equal(("n", "sue"), ((string)session["notes"]!, (string)session["by"]!));
        Assert.Equal(DateTimeOffset.Parse(Late), (DateTimeOffset)session["acknowledgedAt"]!);
    }

    [Fact]
    public async Task Agents_are_who_they_are_here()
    {
        await app.Database.ExecuteAsync(
            "insert into agent_source (source, name, agent_id) values ('clickup', 'Annie', $1)", app.Ann);
        await app.PutAsync($"agents/{Guid.NewGuid()}", new { name = "Twin" });
        await app.PutAsync($"agents/{Guid.NewGuid()}", new { name = "Twin" });
        var unique = Guid.NewGuid();
        await app.PutAsync($"agents/{unique}", new { name = "Only One" });
        Guid[] theirs = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        var document = Document(
            "agents",
            new { id = theirs[0], name = "A. Nother", sources = new[] { new { source = "clickup", name = "Annie" } } },
            new { id = theirs[1], name = "only one" },
            new { id = theirs[2], name = "Twin" },
            new { id = app.Bob, name = "Robert" });
        document["rampPlans"] = JsonNode.Parse(
            "[" + string.Join(',', theirs.Append(app.Bob).Select(id =>
                $$"""{"agentId":"{{id}}","hireMonth":"2025-01","by":"sue","at":"{{Late}}"}""")) + "]");
        var answer = await app.ImportAsync(document);
        Assert.Equal("1 0 3 0", answer.Counts("agents"));
        foreach (var agent in new[] { app.Ann, unique, theirs[2], app.Bob })
        {
            Assert.Equal("2025-01", (string)(await app.GetAsync($"ramp/{agent}"))["hireMonth"]!);
        }

        Assert.Equal("Bob", (string)(await app.GetAsync($"agents/{app.Bob}"))["name"]!);
        Assert.Equal("Twin", (string)(await app.GetAsync($"agents/{theirs[2]}"))["name"]!);
        await app.CallAsync("GET", $"agents/{theirs[0]}", null, app.Admin).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_entry_and_the_rest_goes_in()
    {
        var agent = await app.NewAgentAsync();
        object Entry(object? id, object? month, object? percent, string? by, string? at) =>
            new { agentId = id, month, percent, by, at };
        var answer = await app.ImportAsync(Document(
            "attendance", Entry(agent, "2026-01", 90, "sue", Late), Entry("x", "2026-01", 90, "sue", Late),
            Entry(Guid.NewGuid(), "2026-01", 90, "sue", Late), Entry(agent, "2026-13", 90, "sue", Late),
            Entry(agent, "2026-02", 101, "sue", Late), Entry(agent, "2026-02", null, "sue", Late),
            Entry(agent, "2026-02", 90, "", Late), Entry(agent, "2026-02", 90, "sue", "2999-01-01T00:00:00Z"),
            Entry(agent, "2026-02", 90, "sue", "2026-01-01T00:00:00"), Entry(agent, "2026-01", 91, "sue", Late),
            null!));
        Assert.Equal("1 0 0 10", answer.Counts("attendance"));
        var refused = answer["sections"]!.AsArray().Single(s => (string)s!["section"]! == "attendance")!["refused"]!;
        Assert.Equal(
            [
                "1 agentId", "2 agentId", "3 month", "4 percent", "5 percent", "6 by", "7 at", "8 at", "9 id",
                "10 attendance"
            ],
            refused.AsArray().Select(r => $"{r!["index"]} {r["field"]}"));
        Assert.All(refused.AsArray(), r => Assert.NotEmpty((string)r!["reason"]!));
    }

    [Fact]
    public async Task A_key_that_was_used_is_answered_as_then()
    {
        var agent = await app.NewAgentAsync();
        var document = Document("rampPlans", new { agentId = agent, hireMonth = "2025-01", by = "sue", at = Late });
        Task<JsonNode> ImportAsync() => app.CallAsync(
            "POST", "backup", document, app.Admin, ("Idempotency-Key", $"backup-{agent}")).JsonAsync();
        var first = await ImportAsync();
        Assert.Equal("1 0 0 0", first.Counts("rampPlans"));
        (await ImportAsync())["sections"]!.ShouldEqual(first["sections"]!);
    }

    [Fact]
    public async Task While_supervisors_go_on_recording()
    {
        var agent = await app.NewAgentAsync("north");
        DateOnly[] months = [.. Enumerable.Range(0, 60).Select(new DateOnly(2015, 1, 1).AddMonths)];
        var document = Document("attendance", [.. months.Select(month => (object)new
        {
            agentId = agent, month = $"{month:yyyy-MM}", percent = 10, by = "sue", at = Early
        })]);
        var import = app.ImportAsync(document);
        await Task.WhenAll(months.Select(month =>
            app.PutAsync($"attendance/{agent}/{month:yyyy-MM}", new { percent = 90 })));
        Assert.EndsWith(" 0", (await import).Counts("attendance"));
        var rows = (await app.GetAsync($"attendance/{agent}?from=2015-01&to=2019-12"))["items"]!.AsArray();
        Assert.Equal(60, rows.Count);
        Assert.All(rows, row => Assert.Equal(90, (decimal)row!["percent"]!));
    }

    [Fact]
    public Task Nothing_but_a_document_is_read() => app.ShouldChangeNothingAsync(async () =>
    {
        var cut = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{\"fo"u8.ToArray());
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        foreach (var (content, field) in new (HttpContent, string)[]
        {
            (new StringContent("{}"), "body"),
            (new MultipartFormDataContent { { new StringContent("{}"), "other" } }, "file"),
            (new MultipartFormDataContent { { new StringContent("no json"), "file", "f" } }, "body"),
            (new MultipartFormDataContent { { new StringContent("{}"), "file", "f" } }, "format"),
            (cut, "body")
        })
        {
            var problem = await app.CallAsync("POST", "backup", content, app.Admin)
                .ProblemAsync(HttpStatusCode.BadRequest);
            Assert.Equal(field, (string)problem["field"]!);
        }
    });

    [Fact]
    public async Task One_import_at_a_time()
    {
        await using var other = await app.Database.DataSource.OpenConnectionAsync();
        await using var hold = new Npgsql.NpgsqlCommand(
            "select pg_advisory_lock(hashtext('import_answer'), 1)", other);
        await hold.ExecuteNonQueryAsync();
        await app.CallAsync("POST", "backup", Document("agents"), app.Admin).ProblemAsync(HttpStatusCode.Conflict);
        await using var release = new Npgsql.NpgsqlCommand("select pg_advisory_unlock_all()", other);
        await release.ExecuteNonQueryAsync();
        await app.ImportAsync(Document("agents"));
    }

    private static JsonObject Document(string section, params object[] entries) => new()
    {
        ["format"] = "performance-portal-data",
        ["version"] = 1,
        [section] = System.Text.Json.JsonSerializer.SerializeToNode(entries, Http.Json)
    };
}
