using System.Text.Json;
using Refit;

namespace Performance.Portal.Api;

/// <summary>What was known at an earlier instant, and months that are closed.</summary>
public interface IPastApi
{
    /// <summary>The rows that differ between then and now, with the events in between that explain them.</summary>
    [Get("/api/scoring/asof/differences")]
    Task<Differences> DifferencesAsync(
        string asOf, ScorecardFilter filter, int events, int page, int pageSize, CancellationToken cancel);

    [Get("/api/scoring/months")]
    Task<MonthList> MonthsAsync(long? atLeast, CancellationToken cancel);

    [Get("/api/scoring/months/{month}/adjustments")]
    Task<AdjustmentList> AdjustmentsAsync(string month, int page, int pageSize, CancellationToken cancel);

    [Post("/api/scoring/months/{month}/close")]
    Task<CommandAnswer> CloseMonthAsync(string month, CancellationToken cancel);

    [Post("/api/scoring/months/{month}/reopen")]
    Task<CommandAnswer> ReopenMonthAsync(string month, [Body] MonthReopening reason, CancellationToken cancel);
}

public sealed record Differences(
    IReadOnlyList<AgentDifference> Items, int Total, int Agents, int PolicyVersionThen, int PolicyVersionNow);

/// <summary>An agent (null: nobody) whose row is another one now; null: there was none, or is none any more.</summary>
public sealed record AgentDifference(
    Guid? AgentId, string Name, ScorecardRow? Then, ScorecardRow? Now, IReadOnlyList<NumberDifference> Numbers);

/// <summary>A number, or a letter, that is another one now; the latest of the events that explain it.</summary>
public sealed record NumberDifference(
    string Name, JsonElement Then, JsonElement Now, int EventCount, IReadOnlyList<PastEvent> Events);

public sealed record PastEvent(
    string Kind, string? What, Guid? TicketId, Guid? AgentId, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>Closed months, latest first, and past ones that are not closed.</summary>
public sealed record MonthList(IReadOnlyList<ClosedMonth> Items, int Total, IReadOnlyList<string> Open);

public sealed record ClosedMonth(
    string Month, string ClosedBy, DateTimeOffset ClosedAt, int PolicyVersion, int Grades);

/// <summary>What has changed since a month was closed.</summary>
public sealed record AdjustmentList(
    IReadOnlyList<Adjustment> Items, int Total, int GradesMoved, string Month, string ClosedBy,
    DateTimeOffset ClosedAt, int PolicyVersion, int PolicyVersionNow);

public sealed record Adjustment(
    Guid? AgentId, string Name, string? FrozenGrade, string? WouldBeGrade, decimal? FrozenScore,
    decimal? WouldBeScore, IReadOnlyList<AdjustedNumber> Numbers);

public sealed record AdjustedNumber(string Name, JsonElement Before, JsonElement After);

public sealed record MonthReopening(string Reason);
