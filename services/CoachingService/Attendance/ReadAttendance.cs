using System.Globalization;
using Marten;
using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Attendance;

/// <summary><c>GET attendance/{agentId}?from=&amp;to=</c>: the recorded months of an agent.</summary>
internal static class ReadAttendance
{
    private const int LongestRange = 120;

    internal sealed record Row(string Month, decimal Percent, string By);

    internal sealed record List(IReadOnlyList<Row> Items, int Total);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/attendance/{agentId}", async (
            string agentId, string? from, string? to, HttpContext http, IQuerySession session, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var months = Months(from, to, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
            var organisation = await Organisation.LoadAsync(session, cancel);
            var agent = organisation.Seen(CurrentUser.From(http.User), Input.Id("agentId", agentId)).Id;
            var family = organisation.Merges.Family(agent);
            var ids = family.SelectMany(id => months.Select(month => StreamIds.Attendance(id, month)));
            var found = await session.LoadManyAsync<AttendanceMonth>(cancel, ids);
            var rows = Rows(found, family);
            return Results.Ok(new List(rows, rows.Count));
        }).RequireAuthorization(Policies.Person).Produces<List>();

    /// <summary>
    /// One row per month; where two merged records both have the month, the kept record's goes first.
    /// </summary>
    public static IReadOnlyList<Row> Rows(IEnumerable<AttendanceMonth> found, IReadOnlyList<Guid> family) =>
        found.Where(a => a.Percent is not null)
            .GroupBy(a => a.Month)
            .OrderBy(g => g.Key)
            .Select(g => g.MinBy(a => family.TakeWhile(id => id != a.AgentId).Count())!)
            .Select(a => new Row(a.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), a.Percent!.Value, a.By))
            .ToList();

    /// <summary>From the given month to the given month; by default the last twelve.</summary>
    public static IReadOnlyList<DateOnly> Months(string? from, string? to, DateOnly today)
    {
        var last = string.IsNullOrEmpty(to) ? new DateOnly(today.Year, today.Month, 1) : Input.Month("to", to);
        var first = string.IsNullOrEmpty(from) ? last.AddMonths(-11) : Input.Month("from", from);
        var count = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        return count < 1 ? throw new InvalidFieldException("from", "is after to")
            : count > LongestRange ? throw new InvalidFieldException("from", $"is over {LongestRange} months before to")
            : [.. Enumerable.Range(0, count).Select(first.AddMonths)];
    }
}
