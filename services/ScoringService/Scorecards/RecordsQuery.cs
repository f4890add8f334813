using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>Attendance, productivity log and coaching of the agents in scope, by kept agent.</summary>
internal static class RecordsQuery
{
    public static async Task<Dictionary<Guid, AgentRecords>> ReadAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, ScorePolicy policy, CancellationToken cancel)
    {
        var attendance = await AttendanceAsync(views, filters.AttendanceMonths(), agents, cancel);
        var productivity = await ProductivityAsync(views, filters, agents, policy, cancel);
        var sessions = await SessionsAsync(views, filters, agents, cancel);
        return attendance.Keys.Concat(productivity.Keys).Concat(sessions.Keys).Distinct().ToDictionary(
            agent => agent,
            agent => new AgentRecords(
                attendance.TryGetValue(agent, out var percent) ? percent : null,
                productivity.TryGetValue(agent, out var log) ? log.DailyAvg : null,
                productivity.TryGetValue(agent, out log) ? log.Target : null,
                sessions.GetValueOrDefault(agent)));
    }

    /// <summary>Mean of the months recorded; of merged records that share a month, the kept one's counts.</summary>
    private static async Task<Dictionary<Guid, decimal>> AttendanceAsync(
        ViewSnapshot views, IReadOnlySet<int>? months, AgentScope agents, CancellationToken cancel) =>
        (await views.ReadAsync(
            "select agent_id, month, percent from attendance order by agent_id",
            r => (Agent: r.GetGuid(0), Month: r.GetInt32(1), Percent: r.GetDecimal(2)), cancel))
        .Where(a => months is null || months.Contains(a.Month))
        .GroupBy(a => views.Merges.Kept(a.Agent)).Where(g => agents.Has(g.Key))
        .ToDictionary(g => g.Key, g => g.GroupBy(a => a.Month)
            .Average(month => month.OrderByDescending(a => a.Agent == g.Key).First().Percent));

    private static async Task<Dictionary<Guid, (decimal DailyAvg, decimal Target)>> ProductivityAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, ScorePolicy policy, CancellationToken cancel)
    {
        var hired = (await views.ReadAsync(
            "select agent_id, hire_month from ramp_plans",
            r => (Agent: r.GetGuid(0), Month: r.GetFieldValue<DateOnly>(1)), cancel))
            .GroupBy(p => views.Merges.Kept(p.Agent))
            .ToDictionary(g => g.Key, g => g.OrderByDescending(p => p.Agent == g.Key).First().Month);
        var scope = TicketScope.OfDates(filters, agents.Ids(), "agent_id", "date");

        // A target changes with the month only.
        var months = await views.ReadAsync(
            $"""
            select agent_id, (extract(year from date) * 12 + extract(month from date) - 1)::int, count(*), sum(entries)
            from work_days {scope.Where} group by 1, 2
            """,
            r => (Agent: r.GetGuid(0), Month: r.GetInt32(1), Days: r.GetInt64(2), Entries: r.GetInt64(3)), cancel,
            scope.Parameters);
        return months.GroupBy(m => views.Merges.Kept(m.Agent)).ToDictionary(g => g.Key, g =>
        {
            DateOnly? hire = hired.TryGetValue(g.Key, out var month) ? month : null;
            var days = g.Sum(m => m.Days);
            var target = g.Sum(m => m.Days * policy.TargetOn(BusinessZone.MonthOf(m.Month), hire)) / days;
            return (g.Sum(m => m.Entries) / (decimal)days, target);
        });
    }

    private static async Task<Dictionary<Guid, long>> SessionsAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, CancellationToken cancel)
    {
        var scope = TicketScope.OfDates(filters, agents.Ids(), "agent_id", "date");
        return (await views.ReadAsync(
            $"select agent_id, count(*) from coaching_sessions {scope.Where} group by 1",
            r => (Agent: r.GetGuid(0), Count: r.GetInt64(1)), cancel, scope.Parameters))
            .GroupBy(s => views.Merges.Kept(s.Agent)).ToDictionary(g => g.Key, g => g.Sum(s => s.Count));
    }
}
