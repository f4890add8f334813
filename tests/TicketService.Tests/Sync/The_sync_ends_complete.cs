using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Performance.Testing;

namespace Performance.Tickets.Sync;

/// <summary>Whatever goes wrong there or here: every task is a ticket in the end, and none is one twice.</summary>
public sealed class The_sync_ends_complete : IAsyncLifetime
{
    private const int Many = 350;

    private readonly SyncApp sync = new();

    private FakeClickUp ClickUp => sync.ClickUp;

    public async Task InitializeAsync()
    {
        await sync.InitializeAsync();
        for (var n = 0; n < Many; n++)
        {
            ClickUp.Put(n % 4 == 0 ? Tasks.Task(n, "complete", "closed") : Tasks.Task(n));
        }

        await sync.ConfigureAsync();
    }

    public Task DisposeAsync() => sync.DisposeAsync();

    [Fact]
    public async Task Through_limits_broken_pages_errors_and_silence()
    {
        ClickUp.Trouble = (http, number) => number switch
        {
            1 => FakeClickUp.FailAsync(http, 502),
            2 => FakeClickUp.CutAsync(http),
            4 => FakeClickUp.LimitAsync(http),
            5 => FakeClickUp.LimitAsync(http),
            7 => FakeClickUp.HangAsync(http),
            8 => AbortAsync(http),
            10 => FakeClickUp.CutAsync(http),
            12 => FakeClickUp.LimitAsync(http),
            _ => Task.FromResult(false)
        };
        var run = await sync.RunAsync();
        Assert.Equal(("Completed", Many), ((string)run["status"]!, (int)run["tasks"]!));
        Assert.Equal((Many, 0, 0, 0, 0), SyncApp.Counts(run));
        await sync.ShouldHaveEveryTaskOnceAsync();
        Assert.Equal(0, await sync.CountAsync("import_row"));

        var events = await sync.CountAsync("mt_events");
        var again = await sync.RunAsync();
        Assert.Equal(("Completed", "Changes"), ((string)again["status"]!, (string)again["kind"]!));
        Assert.Equal(events, await sync.CountAsync("mt_events"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Though_tasks_change_place_while_they_are_paged(bool ascending)
    {
        ClickUp.Ascending = ascending;
        var later = Tasks.Start.AddDays(5);
        ClickUp.AfterPage = page =>
        {
            // Once each: one of the page just read, one of the next, one that is new, one that is gone.
            if (page is 0 or 1 && ClickUp.Tasks().All(t => (string)t["id"]! != $"86a{900 + page}"))
            {
                ClickUp.Change($"86a{(50 * page) + 5:0000}", t => Tasks.Update(t, later.AddMinutes(page), "review"));
                ClickUp.Change($"86a{(50 * page) + 240:0000}", t => Tasks.Update(t, later.AddMinutes(page), "review"));
                ClickUp.Put(Tasks.Task(900 + page));
            }
        };
        var run = await sync.RunAsync();
        Assert.Equal("Completed", (string)run["status"]!);
        await sync.RunAsync();
        await sync.ShouldHaveEveryTaskOnceAsync();
    }

    [Fact]
    public async Task Going_on_at_its_page_when_the_replica_ends()
    {
        var reached = new TaskCompletionSource();
        ClickUp.Trouble = async (http, _) =>
        {
            if (http.Request.Query["page"] == "2" && !reached.Task.IsCompleted)
            {
                reached.SetResult();
                return await FakeClickUp.HangAsync(http);
            }

            return false;
        };
        var worker = sync.App.Services.GetServices<IHostedService>().OfType<SyncWorker>().Single();
        await using (var other = sync.App.Host(("Sync:Timeout", "00:10:00")))
        {
            // The fixture's replica stands aside.
            await worker.StopAsync(default);
            await other.CreateClient().CallAsync(
                HttpMethod.Post, "/api/tickets/sync/run", new { }, sync.App.Admin).JsonAsync();
            await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }

        await worker.StartAsync(default);
        var id = await sync.App.Database.ScalarAsync<Guid>("select id from sync_run");
        var run = await sync.EndedAsync(id);
        Assert.Equal((Many, 0, 0, 0, 0), SyncApp.Counts(run));
        await sync.ShouldHaveEveryTaskOnceAsync();
        // Pages 0 and 1 once in the first pass and once in the second; page 2 again after the end.
        Assert.Equal("2 2 3 2", string.Join(' ', Enumerable.Range(0, 4).Select(PagesAsked)));
    }

    [Fact]
    public async Task When_connections_are_killed_again_and_again()
    {
        var kills = 0;
        ClickUp.AfterPage = page =>
        {
            if (kills < 4)
            {
                kills++;
                Kill();
            }
        };
        var run = await sync.EndedAsync(await sync.StartAsync());
        Assert.Equal("Completed", (string)run["status"]!);
        Assert.Equal((Many, 0, 0, 0, 0), SyncApp.Counts(run));
        await sync.ShouldHaveEveryTaskOnceAsync();
        Assert.Equal(4, kills);
    }

    [Fact]
    public async Task With_two_replicas_that_are_asked_at_once()
    {
        await using var other = sync.App.Host();
        var client = other.CreateClient();
        var allAsked = new TaskCompletionSource();
        ClickUp.Trouble = async (_, _) =>
        {
            await allAsked.Task;
            return false;
        };
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => (Guid)(i % 2 == 0
            ? await sync.App.PostAsync("tickets/sync/run", new { })
            : await client.CallAsync(
                HttpMethod.Post, "/api/tickets/sync/run", new { }, sync.App.Admin).JsonAsync())["runId"]!));
        Assert.Single(runs.Distinct());
        allAsked.SetResult();
        await sync.EndedAsync(runs[0]);
        await sync.ShouldHaveEveryTaskOnceAsync();
        Assert.Equal(1, ClickUp.MostAtOnce);
    }

    [Fact]
    public async Task Or_says_why_not_and_keeps_what_it_has()
    {
        ClickUp.Trouble = (http, _) => http.Request.Query["page"] == "2"
            ? FakeClickUp.FailAsync(http, 500)
            : Task.FromResult(false);
        var run = await sync.RunAsync();
        Assert.Equal("Failed", (string)run["status"]!);
        Assert.Equal("ClickUp answered 500. Several times in a row.", (string)run["error"]!);
        Assert.Equal((string)run["error"]!, (string)(await sync.ReportAsync())["lastError"]!);
        await Eventually.Async(async () => await sync.CountAsync("ticket_list where source = 'clickup'") == 200);

        ClickUp.Trouble = null;
        var next = await sync.RunAsync();
        Assert.Equal((150, 0, 200, 0, 0), SyncApp.Counts(next));
        await sync.ShouldHaveEveryTaskOnceAsync();
    }

    private int PagesAsked(int page) => ClickUp.Calls.Count(call =>
        call.Contains($"/task?page={page.ToString(CultureInfo.InvariantCulture)}&", StringComparison.Ordinal));

    private static Task<bool> AbortAsync(Microsoft.AspNetCore.Http.HttpContext http)
    {
        http.Abort();
        return Task.FromResult(true);
    }

    private void Kill()
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(
            sync.App.Database.ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var kill = new NpgsqlCommand("""
            select count(pg_terminate_backend(pid)) from pg_locks
            where locktype = 'advisory' and objid = hashtext('ticket sync')::bigint & 4294967295
                and pid <> pg_backend_pid()
                and database = (select oid from pg_database where datname = current_database())
            """, connection);
        kill.ExecuteScalar();
    }
}
