using Marten;
using Performance.Contracts;
using Performance.Scoring.Feeds;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Settings;

/// <summary>Body of <c>PUT /api/scoring/settings</c>; what is left out stays as it is.</summary>
internal sealed record SettingsDraft(
    string? BusinessZone,
    bool? SupervisorsSeeRepDashboards,
    IReadOnlyList<string>? WorkingWeekdays,
    int? FinancialYearStart,
    IReadOnlyList<LabelGroup?>? DefectCategories);

/// <summary>The settings, their version for If-Match, and the position of the views.</summary>
internal sealed record SettingsAnswer(
    string BusinessZone,
    bool SupervisorsSeeRepDashboards,
    IReadOnlyList<string> WorkingWeekdays,
    int FinancialYearStart,
    IReadOnlyList<LabelGroup> DefectCategories,
    long Version,
    long Position);

/// <summary><c>GET/PUT /api/scoring/settings</c>.</summary>
internal static class ChangeSettings
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPut("/api/scoring/settings", (
            SettingsDraft draft, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            Check(draft);
            var by = CurrentUser.From(http.User).UserName;
            var now = clock.GetUtcNow();
            return CommandEndpoint.RunAsync<SettingsState>(
                http, store, EventStoreId.Scoring, StreamIds.Settings, state => Decide(state, draft, by, now), cancel);
        }).RequireAuthorization(Policies.Administration);

        app.MapGet("/api/scoring/settings", async (
            ViewReader reader, IQuerySession session, CancellationToken cancel) =>
        {
            await using var views = await reader.OpenAsync(cancel);
            // The version before the settings: whoever changes them meanwhile makes the answer stale, never lost.
            var version = (await session.Events.FetchStreamStateAsync(StreamIds.Settings, cancel))?.Version ?? 0;
            var state = await session.Events.AggregateStreamAsync<SettingsState>(StreamIds.Settings, token: cancel);
            var s = state?.Settings ?? ScoringSettings.Default;
            return new SettingsAnswer(
                s.BusinessZone, s.SupervisorsSeeRepDashboards, s.WorkingWeekdays, s.FinancialYearStart,
                s.DefectCategories ?? [], version, views.Position);
        }).RequireAuthorization(Policies.Administration).WaitsForTickets();
    }

    public static IReadOnlyList<object> Decide(
        SettingsState? state, SettingsDraft draft, string by, DateTimeOffset now)
    {
        var before = state?.Settings ?? ScoringSettings.Default;
        var after = new ScoringSettings(
            draft.BusinessZone ?? before.BusinessZone,
            draft.SupervisorsSeeRepDashboards ?? before.SupervisorsSeeRepDashboards,
            draft.WorkingWeekdays is { } days
                ? [.. BusinessZone.Weekdays.Where(days.Contains)] : before.WorkingWeekdays,
            draft.FinancialYearStart ?? before.FinancialYearStart,
            draft.DefectCategories is { } groups ? LabelGroups.Checked(groups) : before.DefectCategories);
        return before.SameAs(after) ? [] : [new SettingsChanged(after, by, now)];
    }

    private static void Check(SettingsDraft draft)
    {
        if (draft.BusinessZone is not null && !BusinessZone.Exists(draft.BusinessZone))
        {
            throw new InvalidFieldException("businessZone", "is not an IANA time zone such as America/Los_Angeles");
        }

        if (draft.FinancialYearStart is < 1 or > 12)
        {
            throw new InvalidFieldException("financialYearStart", "is not a month from 1 to 12");
        }

        if (draft.WorkingWeekdays is { } days
            && (days.Count == 0 || days.Any(d => d is null || !BusinessZone.Weekdays.Contains(d))))
        {
            throw new InvalidFieldException(
                "workingWeekdays", "names at least one of " + string.Join(", ", BusinessZone.Weekdays));
        }
    }
}
