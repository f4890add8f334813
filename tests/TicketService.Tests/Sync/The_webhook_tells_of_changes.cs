using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Sync;

/// <summary>Only who knows the secret is heard, each thing once, and the task is fetched as it is by then.</summary>
public sealed class The_webhook_tells_of_changes(SyncApp sync) : IClassFixture<SyncApp>
{
    private const string Secret = "whsec_0123456789";

    [Fact]
    public async Task A_task_that_changed_goes_in()
    {
        await sync.ConfigureAsync(enabled: true, Secret);
        sync.ClickUp.Put(Tasks.Task(500));
        Assert.True(await QueuedAsync(Notice("86a0500", "h1")));
        await Eventually.Async(async () => await StatusAsync("86a0500") == "in progress");

        sync.ClickUp.Change("86a0500", t => Tasks.Update(t, Tasks.Start.AddDays(6), "on hold"));
        Assert.True(await QueuedAsync(Notice("86a0500", "h2")));
        await Eventually.Async(async () => await StatusAsync("86a0500") == "on hold");
        Assert.Equal(0, (int)(await sync.ReportAsync())["webhook"]!["waiting"]!);
        // Small imports of the webhook are not listed among the runs, nor among the files.
        Assert.Equal(0, (int)(await sync.App.GetAsync("tickets/imports"))["total"]!);
    }

    [Fact]
    public async Task The_same_notice_again_changes_nothing()
    {
        await sync.ConfigureAsync(enabled: true, Secret);
        sync.ClickUp.Put(Tasks.Task(501));
        Assert.True(await QueuedAsync(Notice("86a0501", "same")));
        await Eventually.Async(async () => await StatusAsync("86a0501") is not null
            && await sync.CountAsync("sync_task") == 0);
        var calls = sync.ClickUp.Calls.Count(c => c.Contains("86a0501", StringComparison.Ordinal));
        Assert.False(await QueuedAsync(Notice("86a0501", "same")));
        Assert.Equal(0, await sync.CountAsync("sync_task"));
        Assert.Equal(calls, sync.ClickUp.Calls.Count(c => c.Contains("86a0501", StringComparison.Ordinal)));
        Assert.True(await QueuedAsync(Notice("86a0501", "same", "another")));
    }

    [Fact]
    public async Task A_wrong_or_missing_signature_is_refused_and_nothing_done()
    {
        await sync.ConfigureAsync(enabled: true, Secret);
        var notice = Notice("86a0502", "h3");
        var good = Sign(notice, Secret);
        foreach (var signature in (string?[])
            [
                null, "", "00", good[..^2], good + "00", good[..^1] + "g", Sign(notice, "other"),
                Sign(notice + " ", Secret), "sha256=" + good, new string('0', 64)
            ])
        {
            await sync.App.ShouldChangeNothingAsync(async () =>
                await PostAsync(notice, signature).ProblemAsync(HttpStatusCode.Unauthorized));
        }

        Assert.Equal(0, await sync.CountAsync("sync_delivery where history_item_id = 'h3'"));
        Assert.Equal(0, await sync.CountAsync("sync_task where task_id = '86a0502'"));
        await PostAsync(notice, good.ToUpperInvariant()).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_secret_nobody_is_heard()
    {
        await sync.ConfigureAsync(enabled: true);
        var notice = Notice("86a0503", "h4");
        await PostAsync(notice, Sign(notice, "")).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signed_nonsense_is_refused_with_the_field()
    {
        await sync.ConfigureAsync(enabled: true, Secret);
        foreach (var (body, field) in ((string, string)[])
            [
                ("", "body"), ("{", "body"), ("[]", "webhook_id"), ("null", "webhook_id"),
                ("""{"webhook_id":"w","event":"taskUpdated"}""", "task_id"),
                ("""{"webhook_id":"w","task_id":"../x"}""", "task_id"),
                ("""{"webhook_id":"w","task_id":"\ud800"}""", "body"),
                ("""{"webhook_id":"w","task_id":"a","history_items":[{"id":"a b"}]}""", "history_items")
            ])
        {
            var problem = await PostAsync(body, Sign(body, Secret)).ProblemAsync(HttpStatusCode.BadRequest);
            Assert.Contains(field, problem.ToJsonString());
        }

        var large = Notice("86a0504", new string('x', 300_000));
        await PostAsync(large, Sign(large, Secret)).ShouldBeAsync(HttpStatusCode.RequestEntityTooLarge);
        // Without a signature nobody looks how large it is.
        await PostAsync(large, "").ShouldBeAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task While_the_sync_is_off_notices_are_taken_and_dropped()
    {
        await sync.ConfigureAsync(enabled: false, Secret);
        Assert.False(await QueuedAsync(Notice("86a0505", "h5")));
        Assert.Equal(0, await sync.CountAsync("sync_task where task_id = '86a0505'"));
    }

    [Fact]
    public async Task A_task_that_is_gone_is_forgotten()
    {
        await sync.ConfigureAsync(enabled: true, Secret);
        Assert.True(await QueuedAsync(Notice("86a9999", "h6")));
        await Eventually.Async(async () => await sync.CountAsync("sync_task where task_id = '86a9999'") == 0);
        Assert.Equal(0, await sync.CountAsync("ticket_list where external_id = '86a9999'"));
    }

    private static string Notice(string task, params string[] items) => new JsonObject
    {
        ["event"] = "taskStatusUpdated", ["task_id"] = task, ["webhook_id"] = "7fa3ec74-69a8-4530-a251-8a13730bd204",
        ["history_items"] = new JsonArray([.. items.Select(id => new JsonObject
        {
            ["id"] = id, ["field"] = "status", ["date"] = "1767225600000", ["before"] = null, ["after"] = null,
            ["user"] = new JsonObject { ["username"] = "Ann" }
        })])
    }.ToJsonString();

    private static string Sign(string body, string secret) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private Task<HttpResponseMessage> PostAsync(string body, string? signature) => sync.App.CallAsync(
        "POST", "tickets/sync/webhook", new StringContent(body, Encoding.UTF8, "application/json"), null,
        signature is null ? [] : [("X-Signature", signature)]);

    private async Task<bool> QueuedAsync(string notice) =>
        (bool)(await PostAsync(notice, Sign(notice, Secret)).JsonAsync())["queued"]!;

    private Task<string?> StatusAsync(string id) => sync.App.Database.ScalarAsync<string>(
        "select status from ticket_list where source = 'clickup' and external_id = $1", id);
}
