using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Backups;

/// <summary>Two installations: one that is backed up, and one that has only its tickets, imported again.</summary>
public sealed class Restoring_into_a_new_installation : IAsyncLifetime
{
    private const string Counted = """
        select string_agg(concat_ws(' ', l.external_id, r.label, r.excused_by), ',' order by l.external_id, r.label)
        from ticket_rejection r join ticket_list l using (ticket_id)
        """;

    private readonly TicketApp old = new();
    private readonly TicketApp fresh = new();

    public Task InitializeAsync() => Task.WhenAll(old.InitializeAsync(), fresh.InitializeAsync());

    public Task DisposeAsync() => Task.WhenAll(old.DisposeAsync(), fresh.DisposeAsync());

    [Fact]
    public async Task Gives_the_same_again()
    {
        var tickets = await TicketsAsync(old);
        await ExcuseAsync(tickets[0], "County");
        await ExcuseAsync(tickets[1], "A", await RejectionAsync(old, tickets[1], "Fee"));
        await ExcuseAsync(tickets[1], "B", await RejectionAsync(old, tickets[1], "Title"));
        await old.PostAsync($"tickets/{tickets[1]}/excuse/withdraw", new
        {
            reason = "No", eventId = await RejectionAsync(old, tickets[1], "Fee")
        });
        await ExcuseAsync(tickets[2], "All");
        await old.PostAsync($"tickets/{tickets[2]}/excuse/withdraw", new { reason = "None" });
        await ExcuseAsync(tickets[2], "Again");
        await ExcuseAsync(tickets[3], "Status", await RejectionAsync(old, tickets[3], null));
        foreach (var (day, notes) in new[] { ("01", "x"), ("02", "y"), ("02", "z"), ("03", "") })
        {
            await old.CallAsync("PUT", $"worklog/{old.Ann}/2026-06-{day}", new
            {
                notes, entries = new[] { new { accessId = $"VIN {notes}", client = "C" } }
            }, old.Token("ann")).JsonAsync();
        }

        var document = await old.DocumentAsync();
        Assert.Equal((6, 3), (
            document["overrides"]!.AsArray().Count, document["productivity"]!.AsArray().Count));
        document["agents"] = new JsonArray(new JsonObject { ["id"] = old.Ann.ToString(), ["name"] = "ann" });

        await TicketsAsync(fresh);
        var would = await fresh.RestoreAsync(document, "?dryRun=true");
        var done = await fresh.RestoreAsync(document);
        Assert.Equal("6 0 0 0", done.Counts("overrides"));
        Assert.Equal("3 0 0 0", done.Counts("productivity"));
        Assert.Equal(done["sections"]!.ToJsonString(), would["sections"]!.ToJsonString());
        document.Remove("agents");
        var restored = await fresh.DocumentAsync();
        // Ann is another one here: found by her name.
        Assert.All(restored["productivity"]!.AsArray(), d => Assert.Equal(fresh.Ann, (Guid)d!["agentId"]!));
        Assert.Equal(
            document.DeepClone().AsObject().Portable(),
            restored.Portable().Replace(fresh.Ann.ToString(), old.Ann.ToString()));
        Assert.Equal(
            await old.Database.ScalarAsync<string>(Counted), await fresh.Database.ScalarAsync<string>(Counted));

        await fresh.ShouldChangeNothingAsync(async () =>
        {
            document["agents"] = new JsonArray(new JsonObject { ["id"] = old.Ann.ToString(), ["name"] = "Ann" });
            var again = await fresh.RestoreAsync(document);
            Assert.Equal("0 0 6 0", again.Counts("overrides"));
            Assert.Equal("0 0 3 0", again.Counts("productivity"));
        });
        await old.ShouldChangeNothingAsync(async () =>
            Assert.Equal("0 0 6 0", (await old.RestoreAsync(document)).Counts("overrides")));
    }

    private static async Task<Guid[]> TicketsAsync(TicketApp app)
    {
        var ids = new List<Guid>();
        foreach (var (number, label) in new[] { ("T1", "Fee"), ("T2", "Title"), ("T3", "Fee"), ("T4", "") })
        {
            var status = label.Length == 0 ? "Rejected by County" : "Open";
            await app.ImportAsync(
                $"id,status,at,agent,type,title\n{number},{status},2026-05-01T10:00:00Z,,Cat,Title");
            ids.Add(await app.IdAsync("log", number));
        }

        foreach (var (ticket, label, day) in new[] { (0, "Fee", 2), (1, "Fee", 2), (1, "Title", 3), (2, "Fee", 2) })
        {
            await app.PostAsync(
                $"tickets/{ids[ticket]}/rejections", new { label, at = $"2026-05-0{day}T10:00:00Z" });
        }

        return [.. ids];
    }

    private Task ExcuseAsync(Guid ticket, string reason, Guid? eventId = null) =>
        old.PostAsync($"tickets/{ticket}/excuse", new { reason, eventId });

    private static async Task<Guid> RejectionAsync(TicketApp app, Guid ticket, string? label) =>
        await app.Database.ScalarAsync<Guid>(
            "select event_id from ticket_rejection where ticket_id = $1 and label is not distinct from $2::text",
            ticket, label);
}
