using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;
using Performance.Testing;

namespace Performance.Coaching.Backups;

public sealed class Backing_up_and_restoring(CoachingApp app) : IClassFixture<CoachingApp>
{
    private static readonly string[] Sections = ["agents", "coachingLogs", "attendance", "rampPlans"];

    [Fact]
    public async Task A_wiped_installation_that_imports_the_export_exports_the_same()
    {
        await FillAsync();
        var before = await app.ExportAsync();
        before.ShouldEqual(await app.ExportAsync());
        Assert.Equal(
            ["format", "version", "agents", "coachingLogs", "attendance", "rampPlans", "overrides", "productivity"],
            before.Select(p => p.Key));
        Assert.All(before.Skip(2), section => Assert.NotEmpty(section.Value!.AsArray()));

        await app.Database.ExecuteAsync("""
            truncate mt_streams, mt_events, mt_doc_agent, mt_doc_coachingsession, mt_doc_attendancemonth,
                mt_doc_rampplan, mt_doc_agentmerges, agent_source cascade
            """);
        Assert.Empty((await app.ExportAsync())["agents"]!.AsArray());
        var would = await app.ImportAsync(before, "?dryRun=true");
        Assert.Equal(0, await app.Database.ScalarAsync<long>("select count(*) from mt_events"));
        var done = await app.ImportAsync(before);
        would["sections"]!.ShouldEqual(done["sections"]!);
        Assert.All(Sections, section => Assert.Equal(
            $"{before[section]!.AsArray().Count} 0 0 0", done.Counts(section)));
        (await app.ExportAsync()).ShouldEqual(before);

        // Once more, as a file this time.
        var events = await app.ContentsAsync();
        var again = await app.CallAsync("POST", "backup", PortalDocument.Form(before), app.Admin).JsonAsync();
        Assert.All(Sections, section => Assert.Equal(
            $"0 0 {before[section]!.AsArray().Count} 0", again.Counts(section)));
        Assert.Equal(events, await app.ContentsAsync());
    }

    [Fact]
    public async Task The_file_has_a_name_and_is_nobodys_to_keep()
    {
        var answer = await app.CallAsync("GET", "backup", null, app.Admin);
        Assert.Matches(
            @"^attachment; filename=""?tt-portal-data-\d{4}-\d\d-\d\d\.json",
            answer.Content.Headers.ContentDisposition!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task What_was_withdrawn_or_erased_at_the_tickets_is_so_here()
    {
        var (ticket, rejection) = (Guid.NewGuid(), new RejectionRef(Guid.NewGuid(), "Fee", Given.Now));
        var all = new ExcuseKept(ticket, "s", "1", null, "sue", "All secret")
        {
            EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = At(1), RecordedAt = Given.Now
        };
        var one = new ExcuseKept(ticket, "s", "1", rejection, "sue", "One secret")
        {
            EventId = Guid.NewGuid(), Sequence = 2, OccurredAt = At(2), RecordedAt = Given.Now
        };
        var part = new ExcuseTakenBack(ticket, rejection, "sam", "Part secret")
        {
            EventId = Guid.NewGuid(), Sequence = 3, OccurredAt = At(3), RecordedAt = Given.Now
        };
        var day = new WorkDayKept(app.Bob, new DateOnly(2026, 1, 5), "Day secret",
            [new WorkRow("1", "VIN secret", "Done", "Client secret", null)])
        {
            EventId = Guid.NewGuid(), Sequence = 4, OccurredAt = At(4), RecordedAt = Given.Now
        };
        await app.TakeInAsync(all, one, part, day);
        await app.TakeInAsync(all);
        var found = await OfTicketAsync(ticket);
        Assert.Equal("Part secret", (string)found[one.EventId]["withdrawn"]!["reason"]!);
        Assert.Equal("sam", (string)Assert.Single(found[all.EventId]["partlyWithdrawn"]!.AsArray())!["by"]!);
        Assert.Null(found[all.EventId]["withdrawn"]);

        await app.TakeInAsync(
            new ExcuseTakenBack(ticket, null, "sam", "All back")
        {
            EventId = Guid.NewGuid(), Sequence = 5, OccurredAt = At(5), RecordedAt = Given.Now
        },
            new TextErased([all.EventId, one.EventId, part.EventId, day.EventId])
        {
            EventId = Guid.NewGuid(), Sequence = 6, OccurredAt = At(6), RecordedAt = Given.Now
        });
        found = await OfTicketAsync(ticket);
        Assert.Equal("All back", (string)found[all.EventId]["withdrawn"]!["reason"]!);
        Assert.Equal("", (string)found[one.EventId]["withdrawn"]!["reason"]!);
        var text = (await app.ExportAsync()).ToJsonString();
        Assert.DoesNotContain("secret", text);
        Assert.Contains("\"status\":\"Done\"", text);
        await app.TakeInAsync(new WorkDayEmptied(app.Bob, new DateOnly(2026, 1, 5))
        {
            EventId = Guid.NewGuid(), Sequence = 7, OccurredAt = At(7), RecordedAt = Given.Now
        });
        Assert.DoesNotContain("\"2026-01-05\"", (await app.ExportAsync()).ToJsonString());
    }

    [Fact]
    public async Task Erased_notes_are_in_no_export_and_come_in_as_erased()
    {
        var id = Guid.NewGuid();
        await app.PostAsync("sessions", new
        {
            id, agentId = app.Ann, date = "2026-01-17", notes = "Very secret", actionItem = new { text = "Secret too" }
        });
        await app.Services.GetRequiredService<IDocumentStore>().Advanced
            .ApplyEventDataMasking(masking => masking.IncludeStream(id), default);
        var document = await app.ExportAsync();
        Assert.DoesNotContain("secret", document.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var log = document["coachingLogs"]!.AsArray().Single(l => (Guid)l!["id"]! == id)!;
        document["coachingLogs"] = new JsonArray(log.DeepClone());
        document["coachingLogs"]![0]!["id"] = Guid.NewGuid();
        Assert.Equal("1 0 0 0", (await app.ImportAsync(document)).Counts("coachingLogs"));
    }

    private async Task<Dictionary<Guid, JsonNode>> OfTicketAsync(Guid ticket) =>
        (await app.ExportAsync())["overrides"]!.AsArray().Where(o => (Guid)o!["ticket"]!["id"]! == ticket)
        .ToDictionary(o => (Guid)o!["id"]!, o => o!);

    private async Task FillAsync()
    {
        await app.PutAsync($"attendance/{app.Ann}/2026-01", new { percent = 92.5m });
        await app.PutAsync($"attendance/{app.Ann}/2026-01", new { percent = 95m });
        await app.PutAsync($"attendance/{app.Bob}/2026-02", new { percent = 100m });
        await app.PutAsync($"attendance/{app.Bob}/2026-03", new { percent = 50m });
        await app.PutAsync($"attendance/{app.Bob}/2026-03", new { percent = (decimal?)null });
        await app.PutAsync($"ramp/{app.Ann}", new { hireMonth = "2025-12" });
        var session = await app.NewSessionAsync();
        await app.CallAsync("POST", $"sessions/{session}/acknowledge", new { }, app.Token("ann")).JsonAsync();
        await app.PostAsync($"sessions/{session}/action-item", new { done = true });
        await app.PostAsync("sessions", new
        {
            agentId = app.Bob, date = "2026-01-16", notes = "Zeilen\nund „Zeichen“ 🎫", ticketId = Guid.NewGuid(),
            ticketName = "TT-1"
        });
        await app.Database.ExecuteAsync(
            "insert into agent_source (source, name, agent_id) values ('clickup', 'Ann A.', $1)", app.Ann);
        await app.TakeInAsync(
            new ExcuseKept(Guid.NewGuid(), "clickup", "9", null, "sue", "County")
        {
            EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = At(1), RecordedAt = Given.Now
        },
            new WorkDayKept(
                app.Ann, new DateOnly(2026, 1, 7), null, [new WorkRow("1", "VIN", null, null, "c")])
        {
            EventId = Guid.NewGuid(), Sequence = 2, OccurredAt = At(2), RecordedAt = Given.Now
        });
    }

    private static DateTimeOffset At(int minute) => Given.Now.AddMinutes(minute);
}
