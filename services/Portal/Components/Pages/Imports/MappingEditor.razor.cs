using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Imports;

/// <summary>The mapping of a file's columns, as controls and as JSON.</summary>
public sealed partial class MappingEditor
{
    private static readonly JsonSerializerOptions Json = new(GatewayJson.Options)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull
    };

    private static readonly Field[] Fields =
    [
        new("ticketId", "Ticket number", true, m => m.TicketId, (m, v) => m.TicketId = v),
        new("status", "Status", true, m => m.Status, (m, v) => m.Status = v),
        new("at", "Changed at", true, m => m.At, (m, v) => m.At = v),
        new("assignee", "Assignee", false, m => m.Assignee, (m, v) => m.Assignee = v),
        new("createdAt", "Created at", false, m => m.CreatedAt, (m, v) => m.CreatedAt = v),
        new("type", "Transaction type", false, m => m.Type, (m, v) => m.Type = v),
        new("state", "State", false, m => m.State, (m, v) => m.State = v),
        new("title", "Title", false, m => m.Title, (m, v) => m.Title = v)
    ];

    private static readonly Field[] Texts =
    [
        new("source", "Source", false, m => m.Source, (m, v) => m.Source = v) { Hint = "servicenow" },
        new("dateFormat", "Date format", false, m => m.DateFormat, (m, v) =>
            m.DateFormat = v) { Hint = "d/M/yyyy HH:mm" },
        new("timeZone", "Time zone", false, m => m.TimeZone, (m, v) => m.TimeZone = v) { Hint = "UTC" },
        new("nullText", "Means empty", false, m => Line(m.NullText), (m, v) => m.NullText = List(v)) { Hint = "?" },
        new("terminal", "Processed statuses", false, m => Line(m.Terminal), (m, v) => m.Terminal = List(v))
            { Hint = "Resolved, Closed" },
        new("closed", "Closed statuses", false, m => Line(m.Closed), (m, v) => m.Closed = List(v)) { Hint = "Closed" },
        new("hold", "Hold statuses", false, m => Line(m.Hold), (m, v) => m.Hold = List(v)) { Hint = "Awaiting*" },
        new("sentBackFrom", "Sent back from", false, m => Line(m.SentBack?.From),
            (m, v) => m.SentBack = List(v) is { } from ? (m.SentBack ?? new SentBackRule()) with { From = from } : null)
            { Hint = "Resolved, Closed" },
        new("sentBackLabel", "Rejection label", false, m => m.SentBack?.Label,
            (m, v) =>
                m.SentBack = m.SentBack is { } rule ? rule with { Label = v } : null) { Hint = "Sent back from {from}" }
    ];

    private ImportMapping _map = new();
    private string _json = "";
    private string? _jsonError;
    private ImportPreview? _of;

    [Parameter, EditorRequired]
    public ImportPreview Preview { get; set; } = default!;

    /// <summary>The mapping as JSON.</summary>
    [Parameter]
    public string? Mapping { get; set; }

    [Parameter]
    public EventCallback<string> OnChange { get; set; }

    private string Delimiter => Preview.Delimiter switch { "\t" => "tab", null => "?", var other => other };

    protected override void OnParametersSet()
    {
        if (_of != Preview)
        {
            _of = Preview;
            _map = Preview.Mapping;
            _json = JsonSerializer.Serialize(_map, Json);
        }
    }

    private Task Set(Field field, string? value)
    {
        field.Set(_map, string.IsNullOrWhiteSpace(value) ? null : value.Trim());
        return ChangedAsync();
    }

    private Task SetText(Field field, string? value) => Set(field, value);

    private Task ChangedAsync()
    {
        _json = JsonSerializer.Serialize(_map, Json);
        return OnChange.InvokeAsync(_json);
    }

    private Task ReadJson(string? text)
    {
        _json = text ?? "";
        try
        {
            _map = JsonSerializer.Deserialize<ImportMapping>(_json, Json) ?? new ImportMapping();
            _jsonError = null;
            return OnChange.InvokeAsync(_json);
        }
        catch (JsonException e)
        {
            _jsonError = $"This is not valid JSON (line {e.LineNumber + 1}).";
            return Task.CompletedTask;
        }
    }

    private static string? Line(IReadOnlyList<string>? values) => values is null ? null : string.Join(", ", values);

    private static IReadOnlyList<string>? List(string? line) => string.IsNullOrWhiteSpace(line)
        ? null
        : line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private sealed record Field(
        string Name, string Label, bool Required, Func<ImportMapping, string?> Get, Action<ImportMapping, string?> Set)
    {
        public string? Hint { get; init; }
    }
}
