using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.Pipeline;

/// <summary>How much of somebody's work is open, and how much of that needs somebody today.</summary>
internal sealed record OpenCounts(long Open = 0, long Old = 0, long LongHold = 0)
{
    public static OpenCounts operator +(OpenCounts a, OpenCounts b) =>
        new(a.Open + b.Open, a.Old + b.Old, a.LongHold + b.LongHold);
}

/// <summary>What counts as open, old and long on hold, as conditions on <c>ticket_facts f</c>.</summary>
internal static class OpenWork
{
    public static readonly string IsOpen = $"f.flags & {(int)TicketFlags.Closed} = 0";

    public static string IsOld(TicketScope scope, ScorePolicy policy, DateTimeOffset now) =>
        $"f.created_at < {scope.Parameter(now.AddDays(-policy.OldTicketDays))}";

    public static string IsLongOnHold(TicketScope scope, ScorePolicy policy, DateTimeOffset now) =>
        $"f.flags & {(int)TicketFlags.Hold} <> 0 and "
        + $"f.hold_since < {scope.Parameter(now.AddHours(-policy.LongHoldHours))}";

    /// <summary>As fine as the store keeps instants, so that an age is never older than it is.</summary>
    public static DateTimeOffset AsStored(DateTimeOffset at) =>
        at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>By kept agent, of tickets from whenever.</summary>
    public static async Task<Dictionary<Guid, OpenCounts>> CountAsync(
        ViewSnapshot views, AgentScope agents, ScorePolicy policy, DateTimeOffset now, CancellationToken cancel)
    {
        var scope = TicketScope.Of(Filters.None, agents.Numbers(), views.Facets).Add(IsOpen);
        var (old, held) = (IsOld(scope, policy, now), IsLongOnHold(scope, policy, now));
        var rows = await views.ReadAsync(
            $"""
            select f.agent, count(*), count(*) filter (where {old}), count(*) filter (where {held})
            from ticket_facts f {scope.Where} group by f.agent
            """,
            r => (Agent: r.GetInt32(0), Counts: new OpenCounts(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))), cancel,
            scope.Parameters);
        return rows.GroupBy(r => ScorecardQuery.KeptAgent(views, r.Agent))
            .ToDictionary(g => g.Key, g => g.Aggregate(new OpenCounts(), (sum, row) => sum + row.Counts));
    }
}
