namespace Performance.Tickets.Imports;

/// <summary>An import as the API shows it.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="Status">Running, Completed or Failed.</param>
/// <param name="Reason">Why it failed: the field, and what is wrong.</param>
/// <param name="Percent">How far it is.</param>
/// <param name="Rows">Rows of the file so far: the sum of the five that follow, once it is completed.</param>
/// <param name="Position">Once completed: the position to await in scoring queries.</param>
internal sealed record ImportRecord(
    Guid ImportId,
    string Status,
    string? Reason,
    int Percent,
    int Rows,
    int Created,
    int Changed,
    int Unchanged,
    int Refused,
    int Merged,
    string? Profile,
    string? Source,
    string? FileName,
    long Size,
    string? Encoding,
    string? Delimiter,
    long? Position,
    string UploadedBy,
    DateTimeOffset UploadedAt,
    DateTimeOffset? FinishedAt)
{
    public const string Running = "Running";
    public const string Completed = "Completed";
    public const string Failed = "Failed";
}
