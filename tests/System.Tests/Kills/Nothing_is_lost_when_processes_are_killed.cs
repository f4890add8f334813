using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests.Kills;

/// <summary>The last tests of a run: they leave a system behind that has been through something.</summary>
[Collection("9 Kills")]
public sealed class Nothing_is_lost_when_processes_are_killed
{
    private const int Batches = 200;
    private const int Batch = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly DateTimeOffset Day = new(2025, 5, 14, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_acknowledged_event_counts_once()
    {
        var people = await People.AllAsync();
        var system = await SharedSystem.SystemAsync();
        var reps = new List<(Guid Id, Api Self)>();
        for (var n = 0; n < 4; n++)
        {
            var id = await People.AgentAsync(people.Admin, $"Kill rep {n}", People.Team);
            reps.Add((id, await People.UserAsync(people.Admin, $"kill-rep-{n}", [Roles.Agent], id)));
        }

        var batches = Enumerable.Range(0, Batches * Batch)
            .Select(n => RepActivity.Mixed("kill", n, reps[n / 4 % reps.Count].Id, Day.AddSeconds(n)))
            .Chunk(Batch).Select(batch => batch.ToList()).ToList();
        var acknowledged = new ConcurrentBag<(int Batch, JsonNode Answer)>();
        var posting = PostAsync(people.Integration, batches, acknowledged);
        foreach (var (index, (_, find)) in Killer.Victims.Index())
        {
            await Eventually.Async(
                () => acknowledged.Count >= Batches * (index + 1) / (Killer.Victims.Count + 1), Patience);
            await Killer.KillAsync(system, find);
        }

        await posting;
        Assert.Equal(Batches, acknowledged.Count);
        Assert.All(acknowledged, a => Assert.Equal(
            Batch, a.Answer.Int("accepted") + a.Answer.Int("duplicates")));
        await system.HealthyAsync();
        var oracle = batches.SelectMany(b => b)
            .GroupBy(e => e["data"]!["repId"]!.GetValue<Guid>()).ToDictionary(g => g.Key, RepCounts.Of);
        foreach (var (id, self) in reps)
        {
            await Eventually.ValueAsync(
                () => RepCounts.ReadAsync(self, "2025-05"), counts => counts == oracle[id], Patience, $"{oracle[id]}");
        }

        // And again, now that all is quiet: known, every one of them, and nothing moves.
        var answer = await people.Integration.PostUntilAcknowledgedAsync(batches[0]);
        Assert.Equal((0, Batch), (answer.Int("accepted"), answer.Int("duplicates")));
        Assert.Equal(oracle[reps[0].Id], await RepCounts.ReadAsync(reps[0].Self, "2025-05"));
    }

    /// <summary>An import for each kill: while something is away, one goes on that does not need it.</summary>
    [Fact]
    public async Task An_import_ends_complete()
    {
        var people = await People.AllAsync();
        var system = await SharedSystem.SystemAsync();
        string[] victims = ["PostgreSQL", "TicketService", "RabbitMQ"];
        var before = (await people.Admin.ScorecardAsync("month=2024-10"))["kpis"]!.Int("allocated");
        var tickets = 0;
        foreach (var victim in victims)
        {
            await system.HealthyAsync();
            var log = Killed(victim);
            tickets += log.Tickets;
            var started = await people.Admin.UploadAsync("killed.csv", log.Bytes, log.Mapping).JsonAsync();
            var import = started["importId"]!.GetValue<string>();
            var killed = await Killer.KillAsync(
                system, Killer.Victims.Single(v => v.Name == victim).Find, () => HalfDoneAsync(people.Admin, import));
            var end = await people.Admin.ImportedAsync(import, Patience);
            Assert.Equal("Completed", end.Text("status"));
            Assert.True(
                end["finishedAt"]!.GetValue<DateTimeOffset>() > killed, $"It had ended before {victim} was killed.");
            Assert.Equal(
                (log.Tickets, 0, end.Int("rows")),
                (end.Int("created"), end.Int("refused"),
                    end.Int("created") + end.Int("changed") + end.Int("unchanged")));
        }

        await system.HealthyAsync();
        await people.Admin.AllocatedAsync(before + tickets, "month=2024-10");
        // Their names come by another feed than their tickets.
        var rows = await Eventually.ValueAsync(
            async () => (await people.Admin.ScorecardAsync("month=2024-10")).Rows()
                .Where(r => r.Text("name")?.StartsWith("Killed ") == true).ToList(),
            killed => killed.Count == victims.Length * 10 && killed.Sum(r => r.Int("rejectEvents")) >= 900, Patience);
        Assert.All(rows, r => Assert.Equal(
            (730, 700, 30, 30),
            (r.Int("allocated"), r.Int("firstPass"), r.Int("failedFirstPass"), r.Int("rejectEvents"))));
    }

    [Fact]
    public async Task An_assignment_is_told_once()
    {
        var people = await People.AllAsync();
        var system = await SharedSystem.SystemAsync();
        var mails = system.ProcessOf("NotificationService")!.Variable("Email__Folder")!;
        var agent = await People.AgentAsync(people.Admin, "Told Once", People.Team, "told.once@test.example");
        var self = await People.UserAsync(people.Admin, "told-once", [Roles.Agent], agent);
        var log = new EventLog("told").Add(3, "", Day, "Open");
        await people.Admin.ImportAsync("told.csv", log.Bytes, log.Mapping);
        foreach (var (n, victim) in ((int, Func<RunningSystem, SystemProcess?>)[])
            [
                (1, s => s.ProcessOf("NotificationService")), (2, s => s.RabbitMq),
                (3, s => s.ProcessOf("TicketService"))
            ])
        {
            var found = await Eventually.ValueAsync(
                () => people.Admin.GetAsync($"/api/tickets?source=told&ticketId=told-{n}"), t => t.Int("total") == 1);
            var ticket = found["items"]![0]!.Text("id");
            // A new agent is known to TicketService once the directory's feed has brought it.
            await Eventually.ValueAsync(
                () => people.Admin.PostAsync($"/api/tickets/{ticket}/assign", new { agentId = agent }), _ => true,
                Patience);
            await Killer.KillAsync(system, victim);
            await Eventually.ValueAsync(() => InboxAsync(self), entries => entries == n, Patience);
            await Eventually.ValueAsync(() => Task.FromResult(Mails(mails)), count => count == n, Patience);
        }

        await system.HealthyAsync();
        Assert.Equal(3, await InboxAsync(self));
        Assert.Equal(3, Mails(mails));
    }

    private static EventLog Killed(string victim)
    {
        var created = new DateTimeOffset(2024, 10, 9, 17, 0, 0, default);
        var log = new EventLog($"killed-{victim.ToLowerInvariant()}");
        for (var agent = 0; agent < 10; agent++)
        {
            log.Add(700, $"Killed {agent}", created, "Open", "Done")
                .Add(30, $"Killed {agent}", created, "Open", "Done", "Open", "Done");
        }

        return log;
    }

    /// <summary>Some of it is written, and some is not.</summary>
    private static Task HalfDoneAsync(Api admin, string import) => Eventually.Async(async () =>
        await admin.GetAsync($"/api/tickets/imports/{import}") is var record
        && record.Text("status") == "Running" && record.Int("created") > 0);

    private static Task PostAsync(
        Api integration, List<List<JsonObject>> batches, ConcurrentBag<(int, JsonNode)> acknowledged)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var b && b < batches.Count)
            {
                acknowledged.Add((b, await integration.PostUntilAcknowledgedAsync(batches[b], Patience)));
            }
        })));
    }

    private static async Task<int> InboxAsync(Api self) =>
        (await self.GetAsync("/api/notifications/inbox")).Int("total");

    private static int Mails(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories)
            .Count(mail => File.ReadAllText(mail).Contains("told.once@test.example", StringComparison.Ordinal))
        : 0;
}
