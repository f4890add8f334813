using Marten;
using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Tickets.Sync;

/// <summary><c>GET /api/tickets/sync</c>: what the sync does, and what its last runs brought.</summary>
internal sealed class GetSync(IDocumentStore store, NpgsqlDataSource database, SyncRuns runs, TimeProvider clock)
{
    private const string LastRuns = """
        select r.id, r.kind, r.status, r.since, r.started_at, r.read_at, i.finished_at, r.requested_by, r.tasks,
            coalesce(i.created, 0), coalesce(i.changed, 0), coalesce(i.unchanged, 0),
            coalesce(i.refused, (select count(*)::int from import_refused f where f.import_id = r.id)),
            coalesce(i.merged, 0), coalesce(i.percent, 0), coalesce(r.error, i.reason), i.position, i.status,
            r.pass, r.page, r.note
        from sync_run r left join import i using (id)
        where r.kind <> 'Webhook' order by r.started_at desc, r.id limit 20
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/sync", async (GetSync get, CancellationToken cancel) => await get.RunAsync(cancel))
        .RequireAuthorization(Policies.Administration)
        .WithName("GetSync");

    private async Task<SyncReport> RunAsync(CancellationToken cancel)
    {
        var settings = await SyncSettingsAggregation.LoadAsync(store, cancel);
        var (reports, progress) = await LastRunsAsync(cancel);
        var latest = reports.FirstOrDefault();
        var state = latest?.Status is SyncReport.Reading or SyncReport.Writing ? latest.Status
            : settings is not { HasToken: true } ? SyncReport.NotConfigured
            : settings.Enabled ? SyncReport.Waiting : SyncReport.Off;
        var next = state == SyncReport.Waiting
            ? SyncPlan.NextAt(settings!, await runs.PastAsync(settings!, cancel), clock.GetUtcNow())
            : (DateTimeOffset?)null;
        return new SyncReport(state, progress, latest?.Error, next, await WebhookAsync(cancel), reports);
    }

    private async Task<(IReadOnlyList<SyncRunReport> Runs, SyncProgress? Progress)> LastRunsAsync(
        CancellationToken cancel)
    {
        var refused = await RefusedAsync(cancel);
        await using var select = database.CreateCommand(LastRuns);
        await using var r = await select.ExecuteReaderAsync(cancel);
        var (found, progress) = (new List<SyncRunReport>(), (SyncProgress?)null);
        while (await r.ReadAsync(cancel))
        {
            var status = StatusOf(r.GetString(2), Text(17));
            progress ??= status == SyncReport.Reading
                ? new SyncProgress(r.GetInt32(18), r.GetInt32(19) + 1, r.GetInt32(8), Text(20))
                : null;
            var ended = status is SyncReport.Reading or SyncReport.Writing ? null : At(6) ?? At(5);
            found.Add(new SyncRunReport(
                r.GetGuid(0), r.GetString(1), status, At(3), At(4)!.Value, ended, r.GetString(7), r.GetInt32(8),
                r.GetInt32(9), r.GetInt32(10), r.GetInt32(11), r.GetInt32(12), r.GetInt32(13), r.GetInt32(14),
                Text(15), r.IsDBNull(16) ? null : r.GetInt64(16), [.. refused[r.GetGuid(0)]]));
        }

        return (found, progress);

        string? Text(int column) => r.IsDBNull(column) ? null : r.GetString(column);

        DateTimeOffset? At(int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
    }

    // A run that failed has its status at once, though what it read before still goes in.
    private static string StatusOf(string run, string? import) => (run, import) switch
    {
        (SyncRun.Reading, _) => SyncReport.Reading,
        (SyncRun.Failed, _) or (_, "Failed") => "Failed",
        (_, "Running") => SyncReport.Writing,
        _ => "Completed"
    };

    private async Task<ILookup<Guid, RefusedTask>> RefusedAsync(CancellationToken cancel)
    {
        await using var select = database.CreateCommand("""
            select f.import_id, f.value, f.column_name, f.reason
            from (select id from sync_run where kind <> 'Webhook' order by started_at desc, id limit 20) r
            cross join lateral (
                select * from import_refused f where f.import_id = r.id order by line limit 20) f
            """);
        await using var r = await select.ExecuteReaderAsync(cancel);
        var found = new List<(Guid Run, RefusedTask Task)>();
        while (await r.ReadAsync(cancel))
        {
            found.Add((r.GetGuid(0), new RefusedTask(
                r.IsDBNull(1) ? null : r.GetString(1), r.GetString(2), r.GetString(3))));
        }

        return found.ToLookup(f => f.Run, f => f.Task);
    }

    private async Task<SyncWebhook> WebhookAsync(CancellationToken cancel)
    {
        await using var select = database.CreateCommand("""
            select (select count(*) from sync_task), (select max(received_at) from sync_delivery),
                (select error from sync_task where error is not null order by next_at desc limit 1)
            """);
        await using var r = await select.ExecuteReaderAsync(cancel);
        await r.ReadAsync(cancel);
        return new SyncWebhook(
            r.GetInt64(0), r.IsDBNull(1) ? null : r.GetFieldValue<DateTimeOffset>(1),
            r.IsDBNull(2) ? null : r.GetString(2));
    }
}
