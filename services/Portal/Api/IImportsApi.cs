using Refit;

namespace Performance.Portal.Api;

/// <summary>How imports are doing. Files are posted by the browser itself.</summary>
public interface IImportsApi
{
    /// <summary>Where the browser posts a file.</summary>
    const string Address = "/api/tickets/imports";

    /// <summary>Where the browser posts the beginning of a file, to see how it would be read.</summary>
    const string PreviewAddress = "/api/tickets/imports/preview";

    [Get("/api/tickets/imports")]
    Task<PageOf<ImportRun>> ListAsync(int page, int pageSize, CancellationToken cancel);

    [Get("/api/tickets/imports/{id}")]
    Task<ImportRun> GetAsync(Guid id, CancellationToken cancel);
}

public sealed record ImportRun(
    Guid ImportId, string Status, string? Reason, int Percent, int Rows, int Created, int Changed, int Unchanged,
    int Refused, int Merged, string? Profile, string? Source, string? FileName, long Size, string? Encoding,
    string? UploadedBy, DateTimeOffset? UploadedAt, DateTimeOffset? FinishedAt)
{
    public bool Runs => Status == "Running";

    public bool Failed => Status == "Failed";
}

public sealed record ImportPreview(
    string? Profile, string? Encoding, string? Delimiter, IReadOnlyList<string> Headers, ImportMapping Mapping,
    string? Problem, IReadOnlyList<RefusedRow>? RefusedItems)
{
    /// <summary>The first rows as understood.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> Items { get; init; } = [];
}

public sealed record RefusedRow(int Line, string Column, string Reason, string? Value);

/// <summary>How a file's columns are read (imports.md). Members that are null are left to the service.</summary>
public sealed record ImportMapping
{
    public string? Profile { get; set; }

    public string? Source { get; set; }

    public string? TicketId { get; set; }

    public string? Status { get; set; }

    public string? At { get; set; }

    public string? Assignee { get; set; }

    public string? CreatedAt { get; set; }

    public string? Type { get; set; }

    public string? State { get; set; }

    public string? Title { get; set; }

    public string? DateFormat { get; set; }

    public string? TimeZone { get; set; }

    public IReadOnlyList<string>? NullText { get; set; }

    public IReadOnlyList<string>? Terminal { get; set; }

    public IReadOnlyList<string>? Closed { get; set; }

    public IReadOnlyList<string>? Hold { get; set; }

    public SentBackRule? SentBack { get; set; }

    /// <summary>What this page has no field for; kept as it is.</summary>
    [System.Text.Json.Serialization.JsonExtensionData]
    public Dictionary<string, System.Text.Json.JsonElement>? More { get; set; }
}

public sealed record SentBackRule
{
    public IReadOnlyList<string>? From { get; set; }

    public string? Label { get; set; }
}
