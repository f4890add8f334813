using Marten;
using Performance.Contracts;
using Performance.Scoring.Feeds;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Months;

/// <summary>What a month was graded with: the policy's version, and every row.</summary>
internal sealed record MonthGrades(int PolicyVersion, IReadOnlyList<FrozenRow> Rows, long Position);

/// <summary><c>POST /api/scoring/months/{month}/close</c>: freezes the grades of a month that is over.</summary>
internal static class CloseMonth
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/scoring/months/{month}/close", async (
            string month, HttpContext http, IDocumentStore store, ViewReader reader, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var first = Input.Month("month", month);
            var by = CurrentUser.From(http.User).UserName;
            var now = clock.GetUtcNow();
            var (grades, today) = await GradesAsync(reader, first, now, cancel);
            return await CommandEndpoint.RunAsync<MonthState>(
                http, store, EventStoreId.Scoring, StreamIds.Month(first),
                state => Decide(state, first, today, grades, by, now), cancel);
        }).RequireAuthorization(Policies.Administration).WaitsForTickets();

    /// <param name="state">What was done with the month before; null: nothing.</param>
    /// <param name="month">Its first day.</param>
    /// <param name="today">The day of the business.</param>
    /// <param name="grades">The month as it stands.</param>
    /// <param name="by">The admin.</param>
    /// <param name="now">The instant of the closing.</param>
    public static IReadOnlyList<object> Decide(
        MonthState? state, DateOnly month, DateOnly today, MonthGrades grades, string by, DateTimeOffset now)
    {
        if (month.AddMonths(1) > today)
        {
            throw new DomainException($"{month:yyyy-MM} is not over yet: only a past month can be closed.");
        }

        return state is { IsClosed: true } ? []
            : [new MonthClosed(month, grades.PolicyVersion, grades.Rows, grades.Position, by, now)];
    }

    private static async Task<(MonthGrades Grades, DateOnly Today)> GradesAsync(
        ViewReader reader, DateOnly month, DateTimeOffset now, CancellationToken cancel)
    {
        await using var views = await reader.OpenAsync(cancel);
        var filters = Filters.None with { Months = [BusinessZone.MonthNumber(month)] };
        var version = GetScorecard.OpenPolicyFor(views, filters, now);
        var tally = await Tally.ReadAsync(views, filters, AgentScope.Everybody(views), version.Policy, cancel);
        var rows = tally.Rows(filters, version.Policy, null, _ => true, _ => "")
            .Select(row => FrozenRow.Of(
                row, tally.Counts.GetValueOrDefault(row.AgentId ?? Guid.Empty) ?? new Counts()));
        return (new MonthGrades(version.Version, [.. rows], views.Position), views.Settings.Zone.DayOf(now));
    }
}
