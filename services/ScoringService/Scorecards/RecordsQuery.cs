using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>Attendance, productivity log and coaching of the agents in scope, by kept agent.</summary>
internal static class RecordsQuery
{
    public static async Task<Dictionary<Guid, AgentRecords>> ReadAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, ScorePolicy policy, CancellationToken cancel) =>
        (await RowsAsync(views, filters, agents, cancel)).By(views.Merges, filters, agents.Has, policy);

    private static async Task<RecordRows> RowsAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, CancellationToken cancel)
    {
        var attendance = await views.ReadAsync(
            "select agent_id, month, percent from attendance order by agent_id",
            r => new AttendanceRow(r.GetGuid(0), r.GetInt32(1), r.GetDecimal(2)), cancel);
        var hired = await views.ReadAsync(
            "select agent_id, hire_month from ramp_plans",
            r => new HireRow(r.GetGuid(0), r.GetFieldValue<DateOnly>(1)), cancel);
        var days = TicketScope.OfDates(filters, agents.Ids(), "agent_id", "date");
        var log = await views.ReadAsync(
            $"""
            select agent_id, (extract(year from date) * 12 + extract(month from date) - 1)::int, count(*), sum(entries)
            from work_days {days.Where} group by 1, 2
            """,
            r => new LogRow(r.GetGuid(0), r.GetInt32(1), r.GetInt64(2), r.GetInt64(3)), cancel, days.Parameters);
        var held = TicketScope.OfDates(filters, agents.Ids(), "agent_id", "date");
        var sessions = await views.ReadAsync(
            $"select agent_id, count(*) from coaching_sessions {held.Where} group by 1",
            r => new SessionsRow(r.GetGuid(0), r.GetInt64(1)), cancel, held.Parameters);
        return new RecordRows(attendance, hired, log, sessions);
    }
}
