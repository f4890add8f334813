using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private static readonly DateTimeOffset SyncedAt = new(2026, 11, 20, 17, 45, 0, TimeSpan.Zero);

    private int pagesRead;

    /// <summary>The settings of the sync, as they were saved last.</summary>
    public SyncSettings Sync { get; private set; } = new(
        "https://api.clickup.com", "9012345678", true, 15, "America/Los_Angeles", true, false, "admin", SyncedAt, 3);

    /// <summary>The token that was sent with them, if one was.</summary>
    public string? SyncToken { get; private set; }

    private SyncReport SyncReport { get; set; } = new(
        "Waiting", null, "ClickUp refuses the token (401: Token invalid). Enter a valid one.", SyncedAt.AddMinutes(15),
        new SyncWebhook(2, SyncedAt.AddMinutes(-3), null),
        [
            Run(1, "Changes", "Failed", 0) with
            {
                Error = "ClickUp refuses the token (401: Token invalid). Enter a valid one."
            },
            Run(2, "Changes", "Completed", 37) with { Created = 4, Changed = 21, Unchanged = 12 },
            Run(3, "Full", "Completed", 4_812) with
            {
                RequestedBy = "admin", Created = 4_790, Unchanged = 20, Refused = 2, RefusedTasks =
                [
                    new RefusedTask("86a1x2y3z", "Status", "is empty"),
                    new RefusedTask("86a9k8j7h", "Date Closed", "is no date of the expected form")
                ]
            }
        ]);

    private void MapSync(RouteTable routes)
    {
        routes.Map("GET", "/api/tickets/sync", _ => SyncReport = Further(SyncReport));
        routes.Map("GET", "/api/tickets/sync/settings", _ => Sync);
        routes.Map("PUT", "/api/tickets/sync/settings", ChangeSyncAsync);
        routes.Map("POST", "/api/tickets/sync/run", _ =>
        {
            pagesRead = 0;
            var run = Run(4, "Changes", "Reading", 0) with { RequestedBy = "admin" };
            SyncReport = SyncReport with
            {
                State = "Reading", LastError = null, Progress = new SyncProgress(1, 1, 0, null),
                Runs = [run, .. SyncReport.Runs]
            };
            return Results.Accepted("/api/tickets/sync", new { runId = run.RunId });
        });
    }

    /// <summary>Nobody has set it up yet. Answers how to go back to what was.</summary>
    public Action SyncBegins()
    {
        var (report, settings) = (SyncReport, Sync);
        SyncReport = report with
        {
            State = "NotConfigured", LastError = null, NextRunAt = null, Runs = [], Webhook = new(0, null, null)
        };
        Sync = settings with { TeamId = null, HasToken = false, Enabled = false };
        return () => (SyncReport, Sync) = (report, settings);
    }

    // Every question finds it further on.
    private SyncReport Further(SyncReport report)
    {
        if (report is not { State: "Reading", Runs: [{ } run, ..] })
        {
            return report;
        }

        pagesRead++;
        return pagesRead <= 3
            ? report with
            {
                Progress = new SyncProgress(
                    1, pagesRead, pagesRead * 100,
                    pagesRead == 2 ? "ClickUp asks to wait: too many requests this minute. Goes on in 9 s." : null)
            }
            : report with
            {
                State = "Waiting", Progress = null,
                Runs = [run with { Status = "Completed", Tasks = 243, Changed = 243 }, .. report.Runs.Skip(1)]
            };
    }

    private async Task<object?> ChangeSyncAsync(HttpContext http)
    {
        var change = await http.BodyAsync<SyncChange>();
        if (change.BaseAddress != Sync.BaseAddress && change.Token is null)
        {
            return RequestReading.Invalid("token", "has to be given again with another address");
        }

        SyncToken = change.Token;
        Sync = Sync with
        {
            BaseAddress = change.BaseAddress!, TeamId = change.TeamId, Enabled = change.Enabled == true,
            IntervalMinutes = change.IntervalMinutes!.Value, Version = Sync.Version + 1,
            HasWebhookSecret = Sync.HasWebhookSecret || change.WebhookSecret is not null
        };
        return new { version = Sync.Version, position = 1 };
    }

    private static SyncRun Run(int n, string kind, string status, int tasks) => new(
        new Guid(n, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]), kind, status, null, SyncedAt.AddMinutes(-15 * n),
        SyncedAt.AddMinutes((-15 * n) + 1), "schedule", tasks, 0, 0, 0, 0, 0, 100, null, []);
}
