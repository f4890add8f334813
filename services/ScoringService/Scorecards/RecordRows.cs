using Performance.Scoring.Agents;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;

namespace Performance.Scoring.Scorecards;

internal sealed record AttendanceRow(Guid Agent, int Month, decimal Percent);

internal sealed record HireRow(Guid Agent, DateOnly Month);

/// <summary>Logged days of an agent in a month, and their entries. A target changes with the month only.</summary>
internal sealed record LogRow(Guid Agent, int Month, long Days, long Entries);

internal sealed record SessionsRow(Guid Agent, long Count);

/// <summary>What is recorded about agents, row by row; the log and the sessions only of dates in scope.</summary>
internal sealed record RecordRows(
    IReadOnlyList<AttendanceRow> Attendance,
    IReadOnlyList<HireRow> Hired,
    IReadOnlyList<LogRow> Log,
    IReadOnlyList<SessionsRow> Sessions)
{
    /// <summary>By kept agent, of those that <paramref name="has"/> lets through.</summary>
    public Dictionary<Guid, AgentRecords> By(
        AgentMerges merges, Filters filters, Func<Guid, bool> has, ScorePolicy policy)
    {
        var attendance = AttendanceBy(merges, filters.AttendanceMonths());
        var productivity = ProductivityBy(merges, policy);
        var sessions = Sessions.GroupBy(s => merges.Kept(s.Agent)).ToDictionary(g => g.Key, g => g.Sum(s => s.Count));
        return attendance.Keys.Concat(productivity.Keys).Concat(sessions.Keys).Distinct().Where(has).ToDictionary(
            agent => agent,
            agent => new AgentRecords(
                attendance.TryGetValue(agent, out var percent) ? percent : null,
                productivity.TryGetValue(agent, out var log) ? log.DailyAvg : null,
                productivity.TryGetValue(agent, out log) ? log.Target : null,
                sessions.GetValueOrDefault(agent)));
    }

    /// <summary>Of merged records that both have a hire month, the kept one's counts.</summary>
    public static Dictionary<Guid, DateOnly> HiredBy(AgentMerges merges, IEnumerable<HireRow> hired) =>
        hired.OrderBy(h => h.Agent).GroupBy(h => merges.Kept(h.Agent))
            .ToDictionary(g => g.Key, g => g.OrderByDescending(h => h.Agent == g.Key).First().Month);

    /// <summary>Mean of the months recorded; of merged records that share a month, the kept one's counts.</summary>
    private Dictionary<Guid, decimal> AttendanceBy(AgentMerges merges, IReadOnlySet<int>? months) =>
        Attendance.Where(a => months is null || months.Contains(a.Month)).OrderBy(a => a.Agent)
            .GroupBy(a => merges.Kept(a.Agent))
            .ToDictionary(g => g.Key, g => g.GroupBy(a => a.Month)
                .Average(month => month.OrderByDescending(a => a.Agent == g.Key).First().Percent));

    private Dictionary<Guid, (decimal DailyAvg, decimal Target)> ProductivityBy(AgentMerges merges, ScorePolicy policy)
    {
        var hired = HiredBy(merges, Hired);
        return Log.GroupBy(m => merges.Kept(m.Agent)).ToDictionary(g => g.Key, g =>
        {
            DateOnly? hire = hired.TryGetValue(g.Key, out var month) ? month : null;
            var days = g.Sum(m => m.Days);
            var target = g.Sum(m => m.Days * policy.TargetOn(BusinessZone.MonthOf(m.Month), hire)) / days;
            return (g.Sum(m => m.Entries) / (decimal)days, target);
        });
    }
}
