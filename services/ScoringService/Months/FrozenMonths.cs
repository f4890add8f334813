using System.Text.Json;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Months;

/// <summary>Reads what was frozen.</summary>
internal static class FrozenMonths
{
    /// <summary>
    /// The month that a scope is exactly, whoever's rows are asked for; null where it is another scope, whose numbers
    /// nobody closed.
    /// </summary>
    public static int? Of(Filters filters) =>
        filters is { Months.Count: 1, Weeks.Count: 0, Weekdays.Count: 0, NarrowsTickets: false }
            ? filters.Months[0] : null;

    /// <summary>The closing of the month that the scope is, or null.</summary>
    public static async Task<MonthClosed?> FindAsync(ViewSnapshot views, Filters filters, CancellationToken cancel) =>
        Of(filters) is { } month && views.FrozenMonths.ContainsKey(month)
            ? (await ReadAsync(views, [month], cancel)).GetValueOrDefault(month) : null;

    /// <summary>The closings of these months, by number; null: of all.</summary>
    public static async Task<Dictionary<int, MonthClosed>> ReadAsync(
        ViewSnapshot views, IReadOnlyList<int>? months, CancellationToken cancel) =>
        (await views.ReadAsync(
            "select data::text from frozen_months where $1 or month = any($2)",
            r => JsonSerializer.Deserialize<MonthClosed>(r.GetString(0))!, cancel,
            months is null, (months ?? []).ToArray()))
        .ToDictionary(closed => BusinessZone.MonthNumber(closed.Month));

    /// <summary>The frozen row of an agent, or null.</summary>
    public static FrozenRow? RowOf(this MonthClosed closed, Guid agent) =>
        closed.Rows.FirstOrDefault(row => row.AgentId == agent);
}
