using System.Net;
using Performance.Testing;

namespace Performance.Tickets.Sync;

/// <summary>Settings of the sync: who sets them is told what is wrong, and nobody is told the secrets.</summary>
public sealed class The_sync_is_set : IAsyncLifetime
{
    private readonly SyncApp sync = new();

    public Task InitializeAsync() => sync.InitializeAsync();

    public Task DisposeAsync() => sync.DisposeAsync();

    [Fact]
    public async Task At_first_it_is_not_configured_and_cannot_run()
    {
        var settings = await sync.App.GetAsync("tickets/sync/settings");
        Assert.Equal(("https://api.clickup.com", false, 0),
            ((string)settings["baseAddress"]!, (bool)settings["enabled"]!, (int)settings["version"]!));
        Assert.Equal("NotConfigured", (string)(await sync.ReportAsync())["state"]!);
        await sync.App.CallAsync("POST", "tickets/sync/run", new { }, sync.App.Admin)
            .ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_token_is_never_answered_and_not_to_be_found_in_the_database()
    {
        await sync.ConfigureAsync(enabled: false, "whsec_9876543210");
        var settings = await sync.App.GetAsync("tickets/sync/settings");
        Assert.True((bool)settings["hasToken"]! && (bool)settings["hasWebhookSecret"]!);
        foreach (var text in (string[])
            [
                settings.ToJsonString(), (await sync.ReportAsync()).ToJsonString(),
                (await sync.App.Database.ScalarAsync<string>("select string_agg(e::text, ' ') from mt_events e"))!,
                (await sync.App.Database.ScalarAsync<string>("select string_agg(s::text, ' ') from sync_secret s"))!
            ])
        {
            Assert.DoesNotContain(FakeClickUp.Token, text);
            Assert.DoesNotContain("whsec", text);
        }

        Assert.Equal(2, await sync.CountAsync("sync_secret"));
        await PutAsync(new { token = "", webhookSecret = "" }).ShouldBeAsync(HttpStatusCode.OK);
        Assert.Equal(0, await sync.CountAsync("sync_secret"));
    }

    [Fact]
    public async Task What_is_left_out_stays_and_the_same_again_changes_nothing()
    {
        await sync.ConfigureAsync();
        var version = (int)(await PutAsync(new { intervalMinutes = 30 }).JsonAsync())["version"]!;
        Assert.Equal(version, (int)(await PutAsync(new { intervalMinutes = 30 }).JsonAsync())["version"]!);
        var settings = await sync.App.GetAsync("tickets/sync/settings");
        Assert.Equal((30, true, FakeClickUp.Team), (
            (int)settings["intervalMinutes"]!, (bool)settings["hasToken"]!, (string)settings["teamId"]!));
        await sync.App.CallAsync(
                "PUT", "tickets/sync/settings", new { intervalMinutes = 31 }, sync.App.Admin, ("If-Match", "\"99\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Another_address_does_not_get_the_token_of_this_one()
    {
        await sync.ConfigureAsync();
        await RefusedAsync(new { baseAddress = "https://relay.example.org" }, "token");
        await PutAsync(new { baseAddress = "https://relay.example.org/api/v2/", token = "pk_2" })
            .ShouldBeAsync(HttpStatusCode.OK);
        Assert.Equal(
            "https://relay.example.org", (string)(await sync.App.GetAsync("tickets/sync/settings"))["baseAddress"]!);
    }

    [Theory]
    [InlineData("""{"baseAddress":"nowhere"}""", "baseAddress")]
    [InlineData("""{"baseAddress":"http://relay.example.org"}""", "baseAddress")]
    [InlineData("""{"baseAddress":"ftp://127.0.0.1"}""", "baseAddress")]
    [InlineData("""{"baseAddress":"https://me:secret@relay.example.org"}""", "baseAddress")]
    [InlineData("""{"baseAddress":"https://relay.example.org?x=1"}""", "baseAddress")]
    [InlineData("""{"teamId":"../task"}""", "teamId")]
    [InlineData("""{"teamId":""}""", "teamId")]
    [InlineData("""{"token":"a\r\nHost: b"}""", "token")]
    [InlineData("""{"webhookSecret":"ä"}""", "webhookSecret")]
    [InlineData("""{"intervalMinutes":0}""", "intervalMinutes")]
    [InlineData("""{"intervalMinutes":"5"}""", "intervalMinutes")]
    [InlineData("""{"businessZone":"Mars"}""", "businessZone")]
    [InlineData("""{"teamId":"1"}""", "baseAddress")]
    [InlineData("""{"baseAddress":"https://api.clickup.com"}""", "teamId")]
    [InlineData("""{"baseAddress":"https://api.clickup.com","teamId":"1","enabled":true}""", "token")]
    [InlineData("{", "body")]
    public async Task Nonsense_is_refused_with_its_field(string body, string field) =>
        await sync.App.ShouldChangeNothingAsync(() => RefusedAsync(body, field));

    [Fact]
    public async Task A_token_that_ClickUp_refuses_is_told_in_words()
    {
        await sync.ConfigureAsync();
        await PutAsync(new { token = "pk_wrong" }).ShouldBeAsync(HttpStatusCode.OK);
        var run = await sync.RunAsync();
        Assert.Equal("Failed", (string)run["status"]!);
        Assert.Equal("ClickUp refuses the token (401: Token invalid). Enter a valid one.", (string)run["error"]!);
        Assert.Single(sync.ClickUp.Calls);

        await PutAsync(new { token = FakeClickUp.Token, teamId = "1" }).ShouldBeAsync(HttpStatusCode.OK);
        Assert.Contains("workspace", (string)(await sync.RunAsync())["error"]!);
    }

    [Fact]
    public async Task Enabled_it_runs_by_itself()
    {
        sync.ClickUp.Put(Tasks.Task(1));
        await sync.ConfigureAsync(enabled: true);
        var report = await Eventually.ValueAsync(
            () => sync.ReportAsync(), r => r["runs"]!.AsArray() is [{ } run] && (string)run["status"]! == "Completed");
        Assert.Equal(("Waiting", "schedule"), (
            (string)report["state"]!, (string)report["runs"]![0]!["requestedBy"]!));
        Assert.NotNull(report["nextRunAt"]);
        Assert.Equal((1, 0, 0, 0, 0), SyncApp.Counts(report["runs"]![0]!));
    }

    [Fact]
    public async Task A_task_that_cannot_be_understood_is_refused_and_the_others_go_in()
    {
        sync.ClickUp.Put(Tasks.Task(1));
        sync.ClickUp.Put(Tasks.Task(2));
        sync.ClickUp.Change("86a0002", t => t["status"] = null);
        sync.ClickUp.Put(Tasks.Task(3));
        sync.ClickUp.Change("86a0003", t => t["date_closed"] = "someday");
        sync.ClickUp.Put(Tasks.Task(4));
        sync.ClickUp.Change("86a0004", t => t["name"] = FakeClickUp.NoUnicode);
        await sync.ConfigureAsync();
        var run = await sync.RunAsync();
        Assert.Equal((1, 0, 0, 3, 0), SyncApp.Counts(run));
        Assert.Equal(
            ["86a0002: Status is empty", "86a0003: Date Closed is no date of the expected form", ": task is not what "
                + "ClickUp's API describes"],
            run["refusedTasks"]!.AsArray().Select(t => $"{t!["taskId"]}: {t["column"]} {t["reason"]}")
                .OrderByDescending(t => t.StartsWith('8')).ThenBy(t => t));
    }

    private Task<HttpResponseMessage> PutAsync(object body) =>
        sync.App.CallAsync("PUT", "tickets/sync/settings", body, sync.App.Admin);

    private async Task RefusedAsync(object body, string field) => Assert.Contains(
        $"\"{field}", (await PutAsync(body).ProblemAsync(HttpStatusCode.BadRequest)).ToJsonString());
}
