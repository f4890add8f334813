using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;
using Performance.ServiceDefaults.Backups;
using Performance.Testing;
using Performance.Tickets.Feeds;

namespace Performance.Tickets.Backups;

/// <summary>This service's sections as the feed tells them, and imports of them.</summary>
internal static class TicketBackup
{
    /// <summary>Everything that the feed has told so far.</summary>
    public static async Task<IReadOnlyList<RecordFact>> FactsAsync(this TicketApp app)
    {
        await using var session = app.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var feed = RecordFeed.Definition(app.Database.DataSource);
        var events = await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync();
        return await feed.Translate([.. events.Where(e => feed.EventTypes.Contains(e.EventType))], session, default);
    }

    /// <summary>The document that CoachingService makes of the facts: what was withdrawn, is so in full.</summary>
    public static async Task<JsonObject> DocumentAsync(this TicketApp app)
    {
        var facts = await app.FactsAsync();
        var excuses = facts.OfType<ExcuseKept>().Select(e => new PortalOverride(
            e.EventId.ToString(), new PortalTicket(e.TicketId.ToString(), e.Source, e.ExternalId),
            e.Rejection?.EventId.ToString(), e.Rejection?.Label, Text(e.Rejection?.At), e.Reason, e.By,
            Text(e.OccurredAt),
            facts.OfType<ExcuseTakenBack>().FirstOrDefault(w => w.Sequence > e.Sequence && w.TicketId == e.TicketId
                && (w.Rejection is null || w.Rejection.EventId == e.Rejection?.EventId)) is { } back
                ? new PortalWithdrawal(back.By, back.Reason, Text(back.OccurredAt))
                : null,
            null));
        var days = facts.OfType<WorkDayKept>().GroupBy(d => (d.AgentId, d.Date)).Select(g => g.Last()).Select(d =>
            new PortalDay(
                d.AgentId.ToString(), PortalFields.Text(d.Date), d.Notes,
                [.. d.Entries.Select(e => new PortalEntry(e.Id, e.AccessId, e.Status, e.Client, e.Comments))],
                Text(d.OccurredAt)));
        return Of(System.Text.Json.JsonSerializer.SerializeToNode(excuses.OrderBy(e => e.Id), PortalData.Json)!,
            System.Text.Json.JsonSerializer.SerializeToNode(days.OrderBy(d => d.Date), PortalData.Json)!);
    }

    public static JsonObject Of(JsonNode overrides, JsonNode? productivity = null) => new()
    {
        ["format"] = PortalData.FormatName, ["version"] = PortalData.SchemaVersion, ["overrides"] = overrides,
        ["productivity"] = productivity ?? new JsonArray()
    };

    /// <summary>Without the ids that every installation has its own of.</summary>
    public static string Portable(this JsonObject document)
    {
        foreach (var entry in document["overrides"]!.AsArray())
        {
            entry!["ticket"]!.AsObject().Remove("id");
            entry.AsObject().Remove("rejectionEventId");
        }

        return document.ToJsonString();
    }

    public static Task<JsonNode> RestoreAsync(this TicketApp app, JsonNode document, string query = "") =>
        app.PostAsync("tickets/backup" + query, document);

    /// <summary>created, changed, unchanged and refused of a section.</summary>
    public static string Counts(this JsonNode answer, string section)
    {
        var report = answer["sections"]!.AsArray().Single(s => (string)s!["section"]! == section)!;
        return $"{report["created"]} {report["changed"]} {report["unchanged"]} {report["refused"]!.AsArray().Count}";
    }

    private static string? Text(DateTimeOffset? instant) => instant is { } at ? PortalFields.Text(at) : null;
}
