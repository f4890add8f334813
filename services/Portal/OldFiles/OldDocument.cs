using System.Text.Json;
using System.Text.Json.Serialization;

namespace Performance.Portal.OldFiles;

/// <summary>The document of a backup, as far as an old file can fill it.</summary>
public sealed record OldDocument(
    DateTimeOffset ExportedAt, IReadOnlyList<OldDocument.Person> Agents,
    IReadOnlyList<OldDocument.CoachingLog> CoachingLogs,
    IReadOnlyList<OldDocument.Attended> Attendance, IReadOnlyList<OldDocument.RampPlan> RampPlans,
    IReadOnlyList<OldDocument.Override> Overrides, IReadOnlyList<OldDocument.Day> Productivity)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
    };

    [JsonPropertyOrder(-2)]
    public string Format => OldFile.BackupFormat;

    [JsonPropertyOrder(-1)]
    public int Version => 1;

    [JsonIgnore]
    public int Count => CoachingLogs.Count + Attendance.Count + RampPlans.Count + Overrides.Count + Productivity.Count;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    public sealed record Person(Guid Id, string Name)
    {
        public IReadOnlyList<object> Sources => [];
    }

    public sealed record Item(string Text, string Owner);

    public sealed record CoachingLog(
        Guid Id, Guid AgentId, Guid? TicketId, string? TicketName, DateOnly Date, string Notes, Item? ActionItem,
        string By, DateTimeOffset At);

    public sealed record Attended(Guid AgentId, string Month, decimal Percent, string By, DateTimeOffset At);

    public sealed record RampPlan(Guid AgentId, string HireMonth, string By, DateTimeOffset At);

    public sealed record TicketRef(Guid Id, string Source, string ExternalId);

    public sealed record Override(Guid Id, TicketRef Ticket, string Reason, string By, DateTimeOffset At);

    public sealed record Entry(string Id, string AccessId, string? Status, string? Client, string? Comments);

    public sealed record Day(
        Guid AgentId, DateOnly Date, string? Notes, IReadOnlyList<Entry> Entries, DateTimeOffset At);
}
