using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Performance.Demo;

/// <summary>Two imports, through the same door as anybody's upload; the same file again changes nothing.</summary>
internal sealed class ImportTickets(DemoSettings settings, TimeProvider clock, ILogger<ImportTickets> logger)
{
    private const string ServiceNow = "servicenow-incidents-cut.zip";

    private const string EventLog = """
        {
          "profile": "event-log", "source": "servicenow", "ticketId": "number", "status": "incident_state",
          "at": "sys_updated_at", "assignee": "assigned_to", "createdAt": "opened_at", "type": "category",
          "state": "location", "title": "number", "dateFormat": "d/M/yyyy HH:mm", "timeZone": "UTC",
          "nullText": ["?"], "terminal": ["Resolved", "Closed"], "closed": ["Closed"], "hold": ["Awaiting*"],
          "sentBack": { "from": ["Resolved", "Closed"], "label": "Sent back from {from}" }
        }
        """;

    public async Task RunAsync(Session admin, CancellationToken cancel)
    {
        await using var resource = typeof(ImportTickets).Assembly.GetManifestResourceStream(ServiceNow)!;
        using var cut = new MemoryStream();
        await resource.CopyToAsync(cut, cancel);
        await ImportAsync(admin, ServiceNow, cut.ToArray(), EventLog, cancel);
        var recent = ClickUpExport.Write(clock.GetUtcNow(), settings.TimeZone);
        await ImportAsync(admin, "generated-clickup-export.csv", recent, null, cancel);
    }

    private async Task ImportAsync(
        Session admin, string name, byte[] file, string? mapping, CancellationToken cancel)
    {
        var started = await admin.CallAsync(HttpMethod.Post, "api/tickets/imports", Form, cancel);
        var importId = started!["importId"]!.GetValue<string>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            var import = await admin.GetAsync($"api/tickets/imports/{importId}", cancel);
            if (import!["status"]!.GetValue<string>() is not "Running" and var end)
            {
                logger.LogInformation(
                    "Import of {File}: {Status}, {Rows} rows, {Created} created, {Changed} changed", name, end,
                    import["rows"], import["created"], import["changed"]);
                return;
            }
        }

        MultipartFormDataContent Form()
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue(
                name.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : "text/csv");
            var form = new MultipartFormDataContent { { content, "file", name } };
            if (mapping is not null)
            {
                form.Add(new StringContent(JsonNode.Parse(mapping)!.ToJsonString()), "mapping");
            }

            return form;
        }
    }
}
