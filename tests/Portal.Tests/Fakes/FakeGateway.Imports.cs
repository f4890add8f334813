using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    /// <summary>What was posted last: the file's name, how many bytes, and the mapping.</summary>
    public (string Name, long Size, string? Mapping)? Posted { get; private set; }

    private void MapImports(RouteTable routes)
    {
        routes.Map("POST", "/api/tickets/imports", StartImportAsync);
        routes.Map("POST", "/api/tickets/imports/preview", PreviewAsync);
        routes.Map("GET", "/api/tickets/imports", http => new PageOf<ImportRun>(Data.Imports, Data.Imports.Count));
        routes.Map("GET", "/api/tickets/imports/{id}", http =>
        {
            var at = Data.Imports.FindIndex(r => r.ImportId == http.RouteId("id"));
            var run = Data.Imports[at];
            if (run.Runs)
            {
                // Every question finds it further on.
                var percent = Math.Min(100, run.Percent + 34);
                Data.Imports[at] = run with
                {
                    Percent = percent, Rows = 150 * percent / 100, Created = 90 * percent / 100,
                        Changed = 40 * percent / 100,
                    Unchanged = 17 * percent / 100, Refused = 3 * percent / 100,
                        Status = percent == 100 ? "Completed" : "Running"
                };
            }

            return run;
        });
        routes.Map("GET", "/api/tickets/imports/{id}/refused", _ => Results.File(
            "line,column,reason,value\r\n17,at,is not a date,soon\r\n"u8.ToArray(), "text/csv", "refused.csv"));
    }

    private async Task<object?> StartImportAsync(HttpContext http)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var form = await http.Request.ReadFormAsync(
            new FormOptions { MultipartBodyLengthLimit = long.MaxValue }, http.RequestAborted);
        var file = form.Files["file"]!;
        Posted = (file.FileName, file.Length, form["mapping"].FirstOrDefault());
        var id = Guid.NewGuid();
        Data.Imports.Insert(0, new ImportRun(
            id, "Running", null, 0, 0, 0, 0, 0, 0, 0, "event-log", "servicenow", file.FileName, file.Length, "UTF-8",
            Who(http)?.UserName, TimeProvider.System.GetUtcNow(), null));
        return Results.Accepted($"/api/tickets/imports/{id}", new { importId = id });
    }

    private static async Task<object?> PreviewAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        using var reader = new StreamReader(form.Files["file"]!.OpenReadStream());
        var headers = (await reader.ReadLineAsync() ?? "").Split(',');
        var isClickUp = headers.Contains("Task ID");
        var mapping = new ImportMapping
        {
            Profile = isClickUp ? "clickup" : "event-log",
            TicketId = headers[0], Status = headers.FirstOrDefault(h => h.Contains("state")),
            At = headers.FirstOrDefault(h => h.Contains("updated_at")),
                Assignee = headers.FirstOrDefault(h => h.Contains("assigned"))
        };
        var rows = new List<IReadOnlyDictionary<string, JsonElement>>();
        while (rows.Count < 5 && await reader.ReadLineAsync() is { } line)
        {
            var cells = line.Split(',');
            rows.Add(new Dictionary<string, JsonElement>
            {
                ["line"] = JsonSerializer.SerializeToElement(rows.Count + 2),
                ["externalId"] = JsonSerializer.SerializeToElement(cells[0]),
                ["status"] = JsonSerializer.SerializeToElement(cells.ElementAtOrDefault(1))
            });
        }

        return new ImportPreview(
            mapping.Profile, "UTF-8", ",", headers, mapping,
                mapping.At is null && !isClickUp ? "at: no column is named" : null, [])
        {
            Items = rows
        };
    }
}
