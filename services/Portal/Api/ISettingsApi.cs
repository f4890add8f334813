using Refit;

namespace Performance.Portal.Api;

/// <summary>What an admin sets for all of scoring.</summary>
public interface ISettingsApi
{
    [Get("/api/scoring/settings")]
    Task<ScoringSettings> ReadAsync(long? atLeast, CancellationToken cancel);

    [Put("/api/scoring/settings")]
    Task<CommandAnswer> ChangeAsync(
        [Body] SettingsChange change, [Header("If-Match")] string? version, CancellationToken cancel);
}

/// <summary>The settings; <c>Version</c> 0: nobody has changed any yet.</summary>
public sealed record ScoringSettings(
    string BusinessZone, bool SupervisorsSeeRepDashboards, IReadOnlyList<string> WorkingWeekdays,
    int FinancialYearStart, IReadOnlyList<LabelGroup> DefectCategories, long Version);

/// <summary>Rejection labels that are one defect category.</summary>
public sealed record LabelGroup(string Category, IReadOnlyList<string> Labels);

/// <summary>What is null stays as it is.</summary>
public sealed record SettingsChange(
    string? BusinessZone = null, bool? SupervisorsSeeRepDashboards = null,
    IReadOnlyList<string>? WorkingWeekdays = null, int? FinancialYearStart = null,
    IReadOnlyList<LabelGroup>? DefectCategories = null);
