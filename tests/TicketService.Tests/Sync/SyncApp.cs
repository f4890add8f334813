using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Sync;

/// <summary>The service beside a fake ClickUp.</summary>
public sealed class SyncApp : IAsyncLifetime
{
    public TicketApp App { get; } = new();

    public FakeClickUp ClickUp { get; } = new();

    public async Task InitializeAsync()
    {
        await ClickUp.InitializeAsync();
        await App.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await ClickUp.DisposeAsync();
    }

    /// <summary>Settings that fit the fake; by itself the sync stays quiet.</summary>
    public Task ConfigureAsync(bool enabled = false, string? secret = null) => App.CallAsync(
        "PUT", "tickets/sync/settings", new
        {
            baseAddress = ClickUp.Address, teamId = FakeClickUp.Team, token = FakeClickUp.Token, enabled,
            webhookSecret = secret ?? "", intervalMinutes = 1440
        }, App.Admin).ShouldBeAsync(HttpStatusCode.OK);

    public async Task<Guid> StartAsync() => (Guid)(await App.PostAsync("tickets/sync/run", new { }))["runId"]!;

    /// <summary>Runs the sync to its end.</summary>
    public async Task<JsonNode> RunAsync() => await EndedAsync(await StartAsync());

    public Task<JsonNode> ReportAsync() => App.GetAsync("tickets/sync");

    public async Task<JsonNode> EndedAsync(Guid id) => await Eventually.ValueAsync(
        () => FindAsync(id), run => (string)run["status"]! is "Completed" or "Failed", TimeSpan.FromMinutes(2));

    public async Task<JsonNode> FindAsync(Guid id) =>
        (await ReportAsync())["runs"]!.AsArray().Single(r => (Guid)r!["runId"]! == id)!;

    public Task<long> CountAsync(string sql, params object?[] values) =>
        App.Database.ScalarAsync<long>($"select count(*) from {sql}", values);

    /// <summary>What a run brought, once it is completed.</summary>
    public static (int Created, int Changed, int Unchanged, int Refused, int Merged) Counts(JsonNode run)
    {
        Assert.True((string)run["status"]! == "Completed", run.ToJsonString());
        return (
            (int)run["created"]!, (int)run["changed"]!, (int)run["unchanged"]!, (int)run["refused"]!,
            (int)run["merged"]!);
    }

    /// <summary>Each task is exactly one ticket, in the status that ClickUp says.</summary>
    public async Task ShouldHaveEveryTaskOnceAsync()
    {
        var found = new Dictionary<string, string>();
        await using (var select = App.Database.DataSource.CreateCommand(
            "select external_id, status from ticket_list where source = 'clickup'"))
        await using (var reader = await select.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                found.Add(reader.GetString(0), reader.GetString(1));
            }
        }

        Assert.Equal(
            ClickUp.Tasks().Select(t => ((string)t["id"]!, (string)t["status"]!["status"]!)).Order(),
            found.Select(f => (f.Key, f.Value)).Order());
        Assert.Equal(found.Count, await CountAsync("mt_events where type = 'ticket_imported'"));
    }
}
