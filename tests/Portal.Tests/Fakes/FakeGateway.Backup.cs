using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private static readonly string[] OfCoaching = ["agents", "coachingLogs", "attendance", "rampPlans"];
    private static readonly string[] OfTickets = ["overrides", "productivity"];

    /// <summary>What was imported from backups: an entry's JSON by section and key.</summary>
    public Dictionary<(string Section, string Key), string> Backup { get; } = [];

    public BackupMirror Mirror { get; set; } =
        new(true, "Tags and Titles", TimeProvider.System.GetUtcNow(), false, null);

    private void MapBackup(RouteTable routes)
    {
        routes.Map("GET", "/api/coaching/backup", _ => Results.File(
            """{ "format": "performance-portal-data", "version": 1 }"""u8.ToArray(), "application/json",
            "tt-portal-data-2026-11-22.json"));
        routes.Map("GET", "/api/coaching/backup/mirror", _ => Mirror);
        routes.Map("POST", "/api/coaching/backup", http => TakeBackupAsync(http, OfCoaching));
        routes.Map("POST", "/api/tickets/backup", http => TakeBackupAsync(http, OfTickets));
    }

    private async Task<object?> TakeBackupAsync(HttpContext http, string[] sections)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        using var document = await JsonDocument.ParseAsync(form.Files["file"]!.OpenReadStream());
        if (!document.RootElement.TryGetProperty("format", out _))
        {
            return RequestReading.Invalid("format", "is missing");
        }

        var isDry = http.Request.Query["dryRun"] == "true";
        return new
        {
            sections = sections.Select(s => TakeSection(document.RootElement, s, isDry)).ToList(),
            position = NextPosition()
        };
    }

    private object TakeSection(JsonElement document, string section, bool isDry)
    {
        var entries = document.TryGetProperty(section, out var list) ? list.EnumerateArray().ToList() : [];
        var (created, changed, unchanged) = (0, 0, 0);
        var refused = new List<object>();
        foreach (var (index, entry) in entries.Index())
        {
            if (Refusal(section, entry) is var (field, reason))
            {
                refused.Add(new { index, id = KeyOf(entry), field, reason });
                continue;
            }

            var (key, json) = ((section, KeyOf(entry)), entry.GetRawText());
            var before = Backup.GetValueOrDefault(key);
            _ = before is null ? created++ : before == json ? unchanged++ : changed++;
            if (!isDry)
            {
                Backup[key] = json;
            }
        }

        return new { section, inDocument = entries.Count, created, changed, unchanged, refused };
    }

    private static (string Field, string Reason)? Refusal(string section, JsonElement entry) => section switch
    {
        "coachingLogs" when !entry.TryGetProperty("notes", out _) => ("notes", "is missing"),
        "overrides" when entry.GetProperty("ticket").GetProperty("externalId").GetString() is not ['T', 'T', ..] =>
            ("ticket", "is not here: import the tickets first"),
        _ => null
    };

    private static string KeyOf(JsonElement entry) => string.Join(' ', new[] { "id", "agentId", "month", "date" }
        .Select(name => entry.TryGetProperty(name, out var value) ? value.ToString() : "").Where(v => v != "")
        .Take(entry.TryGetProperty("id", out _) ? 1 : 2));
}
