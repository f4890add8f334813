using Marten;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Performance.Coaching.Agents;
using Performance.Contracts;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Identity;

namespace Performance.Coaching.Backups;

/// <summary>
/// <c>POST backup?dryRun=</c>: merges this service's sections of a document in; overrides and productivity belong to
/// TicketService, to which the same document is sent.
/// </summary>
internal sealed class ImportBackup(NpgsqlDataSource database, IDocumentStore store, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder group) => group
        .MapPost("/backup", (
            HttpContext http, string? dryRun, ImportBackup import, CancellationToken cancel) =>
            ImportEndpoint.RunAsync(http, import.Database, EventStoreId.Coaching, dryRun, import.RunAsync, cancel))
        .RequireAuthorization(Policies.Administration)
        .WithMetadata(new RequestSizeLimitAttribute(PortalUpload.Largest))
        .Produces<ImportAnswer>();

    private NpgsqlDataSource Database => database;

    private async Task<IReadOnlyList<SectionReport>> RunAsync(
        PortalData data, bool dryRun, string by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var agents = new AgentMatching(data.Agents, await KnownAsync(cancel));
        return
        [
            await ImportAgents.Section(agents, by, now).RunAsync(data.Agents, store, dryRun, cancel),
            await ImportSessions.Section(agents, by, now).RunAsync(data.CoachingLogs, store, dryRun, cancel),
            await ImportAttendance.Section(agents, now).RunAsync(data.Attendance, store, dryRun, cancel),
            await ImportRampPlans.Section(agents, now).RunAsync(data.RampPlans, store, dryRun, cancel)
        ];
    }

    private async Task<KnownAgents> KnownAsync(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        var organisation = await Organisation.LoadAsync(session, cancel);
        var merges = organisation.Merges;
        var sources = new Dictionary<(string, string), Guid>();
        await using var select = database.CreateCommand("select source, name, agent_id from agent_source");
        await using var reader = await select.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            sources[(reader.GetString(0), reader.GetString(1))] = merges.Root(reader.GetGuid(2));
        }

        return new KnownAgents(
            organisation.Agents.Keys.ToHashSet(), sources,
            KnownAgents.Unique(organisation.Agents.Values.Where(a => !merges.IsMerged(a.Id))
                .Select(a => (a.Name, a.Id))));
    }
}
