using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;
using Performance.Testing;

namespace Performance.Coaching.Backups;

/// <summary>Exports, imports, and what comes from TicketService.</summary>
internal static class PortalDocument
{
    public static async Task<JsonObject> ExportAsync(this CoachingApp app)
    {
        var document = (await app.GetAsync("backup")).AsObject();
        Assert.True(document.Remove("exportedAt"));
        return document;
    }

    public static Task<JsonNode> ImportAsync(this CoachingApp app, JsonNode document, string query = "") =>
        app.PostAsync("backup" + query, document);

    public static MultipartFormDataContent Form(JsonNode document)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(document.ToJsonString()));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { new StringContent("x"), "note" }, { file, "file", "backup.json" } };
    }

    /// <summary>created, changed, unchanged and refused of a section.</summary>
    public static string Counts(this JsonNode answer, string section)
    {
        var report = answer["sections"]!.AsArray().Single(s => (string)s!["section"]! == section)!;
        return $"{report["created"]} {report["changed"]} {report["unchanged"]} {report["refused"]!.AsArray().Count}";
    }

    public static async Task TakeInAsync(this CoachingApp app, params RecordFact[] facts)
    {
        await using var session = app.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        await new KeepRecords().HandleAsync(facts, session, default);
        await session.SaveChangesAsync();
    }

    public static void ShouldEqual(this JsonNode document, JsonNode other) =>
        Assert.Equal(other.ToJsonString(), document.ToJsonString());
}
