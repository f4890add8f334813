using Performance.Testing;
using Performance.Testing.Answers;
using Performance.Tickets.Imports;
using Performance.Tickets.Sync;

namespace Performance.Tickets.Answers;

/// <summary>Every answer that the portal reads is as recorded: stories in which each has something to say.</summary>
public sealed class What_the_portal_is_answered(SyncApp sync) : IClassFixture<SyncApp>
{
    private const string Month = "2026-05";
    private const string Mapping = """
        {"profile":"event-log","source":"log","ticketId":"id","status":"status","at":"at","assignee":"agent",
         "createdAt":"made","type":"type","state":"state","title":"title","dateFormat":"yyyy-MM-dd",
         "timeZone":"America/Los_Angeles","nullText":["-"],"terminal":["Done"],"closed":["Done"],"hold":["Wait"],
         "sentBack":{"from":["Done"],"label":"Back from {from}"}}
        """;

    private static readonly byte[] Log = System.Text.Encoding.UTF8.GetBytes(
        "id,status,at,agent,made,type,state,title\n1,Open,2026-05-01,Ann,2026-05-01,Cat,CA,A title\n"
        + "2,Open,someday,Ann,2026-05-01,Cat,CA,Another");

    private static readonly byte[] File = System.Text.Encoding.UTF8.GetBytes(ClickUpFiles.View);
    private readonly TicketApp app = sync.App;
    private readonly AnswerBook book = new("tickets");

    [Fact]
    public async Task About_tickets()
    {
        var id = await app.ImportOneAsync();
        await TakeAsync("POST /api/tickets/{id}/assign", $"tickets/{id}/assign", new { agentId = app.Ann });
        await RejectAsync(id);
        await TakeAsync("POST /api/tickets/{id}/excuse", $"tickets/{id}/excuse", new { reason = "County" });
        await TakeAsync(
            "POST /api/tickets/{id}/excuse/withdraw", $"tickets/{id}/excuse/withdraw", new { reason = "Ours" });
        await TakeAsync(
            "POST /api/tickets/{id}/dispute", $"tickets/{id}/dispute", new { reason = "Not ours" }, "ann");
        await TakeAsync("GET /api/tickets/disputes open", "tickets/disputes?state=open");
        await TakeAsync(
            "POST /api/tickets/{id}/dispute/decide", $"tickets/{id}/dispute/decide",
            new { accept = true, reason = "Right" });
        await TakeAsync("GET /api/tickets/disputes decided", "tickets/disputes?state=decided");
        await TakeAsync("POST /api/tickets/{id}/status", $"tickets/{id}/status", new { status = "Closed" });
        await TakeAsync("GET /api/tickets", "tickets?status=Closed");
        await TakeAsync("GET /api/tickets/{id}", $"tickets/{id}");
        await TakeAsync("GET /api/tickets/{id}/history", $"tickets/{id}/history");
        await TakeAsync("GET /api/tickets/overrides", "tickets/overrides");
        await TakeAsync("GET /api/tickets/overrides/rates", $"tickets/overrides/rates?month={Month}");
        await TakeAsync("POST /api/tickets", "tickets", TicketApp.Intake(app.Ann));
        await TakeAsync("GET /api/tickets/{id} intake", $"tickets/{await app.SubmitAsync(app.Ann)}");
        await TroubleAsync(id);
        book.ShouldBeTheSame();
    }

    [Fact]
    public async Task About_imports_and_logged_days()
    {
        var preview = await book.TakeAsync("POST /api/tickets/imports/preview", app.CallAsync(
            "POST", "tickets/imports/preview", TicketApp.Form(File, null), app.Admin));
        Assert.Equal("clickup", (string?)preview["profile"]);
        await book.TakeAsync("POST /api/tickets/imports/preview log", app.CallAsync(
            "POST", "tickets/imports/preview", TicketApp.Form(Log, Mapping), app.Admin));
        await book.TakeAsync("POST /api/tickets/imports/preview unreadable", app.CallAsync(
            "POST", "tickets/imports/preview", TicketApp.Form("id,at\n1,2"u8.ToArray(), Mapping), app.Admin));
        var import = await book.TakeAsync("POST /api/tickets/imports", app.CallAsync(
            "POST", "tickets/imports", TicketApp.Form(File, null), app.Admin));
        await app.ImportedAsync((Guid)import["importId"]!);
        await TakeAsync("GET /api/tickets/imports/{id}", $"tickets/imports/{import["importId"]}");
        await TakeAsync("GET /api/tickets/imports", "tickets/imports");
        var day = $"worklog/{app.Ann}/2026-05-04";
        await TakeAsync("PUT /api/worklog/{agentId}/{date}", day, new
        {
            notes = "Quiet", entries = new[] { new { accessId = "VIN", status = "Done", client = "C", comments = "x" } }
        }, "ann");
        await TakeAsync("GET /api/worklog/{agentId}/{date}", day);
        await TakeAsync("GET /api/worklog", "worklog?from=2026-05-01&to=2026-05-31");
        await TakeAsync("POST /api/tickets/backup", "tickets/backup?dryRun=true", new
        {
            format = "performance-portal-data", version = 1, exportedAt = "2026-11-01T00:00:00Z",
            productivity = new[] { new { agentId = Guid.NewGuid(), date = "someday", at = "2026-03-01T00:00:00Z" } }
        });
        book.ShouldBeTheSame();
    }

    [Fact]
    public async Task About_the_sync()
    {
        await book.TakeAsync("PUT /api/tickets/sync/settings", app.CallAsync("PUT", "tickets/sync/settings", new
        {
            baseAddress = sync.ClickUp.Address, teamId = FakeClickUp.Team, token = FakeClickUp.Token, enabled = true,
            intervalMinutes = 1440
        }, app.Admin));
        await TakeAsync("GET /api/tickets/sync/settings", "tickets/sync/settings");
        sync.ClickUp.Put(Tasks.Task(1));
        sync.ClickUp.Put(Tasks.Task(2));
        sync.ClickUp.Change("86a0002", t => t["status"] = null);
        var seen = new TaskCompletionSource();
        sync.ClickUp.Trouble = async (_, _) =>
        {
            await seen.Task;
            return false;
        };
        var run = await book.TakeAsync(
            "POST /api/tickets/sync/run", app.CallAsync("POST", "tickets/sync/run", new { }, app.Admin));
        await Eventually.ValueAsync(sync.ReportAsync, report => report["progress"] is not null);
        await TakeAsync("GET /api/tickets/sync at work", "tickets/sync");
        seen.SetResult();
        await sync.EndedAsync((Guid)run["runId"]!);
        await TakeAsync("GET /api/tickets/sync", "tickets/sync");
        book.ShouldBeTheSame();
    }

    private async Task TroubleAsync(Guid id)
    {
        await TakeAsync("POST /api/tickets/{id}/excuse problem", $"tickets/{id}/excuse", new { reason = "" });
        await TakeAsync(
            "POST /api/tickets/{id}/dispute conflict", $"tickets/{id}/dispute", new { reason = "x" }, "ann");
        await TakeAsync("GET /api/tickets/{id} forbidden", $"tickets/{id}", null, "bob");
        await TakeAsync("GET /api/tickets/{id} missing", $"tickets/{Guid.NewGuid()}");
        await TakeAsync("GET /api/tickets unauthorized", "tickets", null, "nobody");
        await book.TakeAsync("POST /api/tickets/{id}/status stale", app.CallAsync(
            "POST", $"tickets/{id}/status", new { status = "Open" }, app.Admin, ("If-Match", "\"1\"")));
    }

    private Task RejectAsync(Guid id) => app.PostAsync($"tickets/{id}/rejections", new { label = "Wrong fee" });

    private Task TakeAsync(string call, string path, object? body = null, string caller = "admin") =>
        book.TakeAsync(call, app.CallAsync(call.Split(' ')[0], path, body, app.Token(caller)));
}
