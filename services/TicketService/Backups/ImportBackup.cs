using Marten;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Tickets.Backups;

/// <summary>
/// <c>POST /api/tickets/backup?dryRun=</c>: merges overrides and productivity of a document in; the rest of it belongs
/// to CoachingService.
/// </summary>
internal sealed class ImportBackup(
    NpgsqlDataSource database, IDocumentStore store, AgentDirectory directory, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/backup", (
            HttpContext http, string? dryRun, ImportBackup import, CancellationToken cancel) =>
            ImportEndpoint.RunAsync(http, import.Database, EventStoreId.Tickets, dryRun, import.RunAsync, cancel))
        .RequireAuthorization(Policies.Administration)
        .WithMetadata(new RequestSizeLimitAttribute(PortalUpload.Largest))
        .Produces<ImportAnswer>()
        .WithName("ImportTicketsBackup");

    private NpgsqlDataSource Database => database;

    private async Task<IReadOnlyList<SectionReport>> RunAsync(
        PortalData data, bool dryRun, string by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var agents = new AgentMatching(data.Agents, await KnownAsync(cancel));
        var tickets = await KnownTickets.FindAsync(database, data.Overrides ?? [], cancel);
        return
        [
            await ImportOverrides.Section(tickets, now).RunAsync(data.Overrides, store, dryRun, cancel),
            await ImportWorkDays.Section(agents, by, now).RunAsync(data.Productivity, store, dryRun, cancel)
        ];
    }

    private async Task<KnownAgents> KnownAsync(CancellationToken cancel)
    {
        var agents = await directory.AllAsync(cancel);
        var sources = new Dictionary<(string, string), Guid>();
        await using var select = database.CreateCommand("select source, name, agent_id from assignee");
        await using var reader = await select.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var id = reader.GetGuid(2);
            sources[(reader.GetString(0), reader.GetString(1))] = agents.GetValueOrDefault(id)?.MergedInto ?? id;
        }

        return new KnownAgents(
            agents.Keys.ToHashSet(), sources,
            KnownAgents.Unique(agents.Values.Where(a => a.MergedInto is null).Select(a => (a.Name, a.AgentId))));
    }
}
