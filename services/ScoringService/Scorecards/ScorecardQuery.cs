using Npgsql;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>
/// Counts per agent in one grouped statement: by agent and flags, of which there are few combinations, so that a
/// million tickets take one narrow scan and the rest is addition (docs/adr/0052).
/// </summary>
internal static class ScorecardQuery
{
    private const decimal MicrosecondsPerDay = 86_400_000_000m;

    /// <summary>Counts by kept agent; <see cref="Guid.Empty"/> stands for the unassigned.</summary>
    public static async Task<Dictionary<Guid, Counts>> CountsAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, ScorePolicy policy, CancellationToken cancel)
    {
        var atRejection = policy.RejectionCredit == RejectionCredit.AtRejection;
        var scope = TicketScope.Of(filters, agents.Numbers(), views.Facets);
        var rows = await views.ReadAsync(
            $"""
            select f.agent, f.flags, count(*), sum(f.reject_events), sum(f.cycle_us), sum(f.move_us)
            from ticket_facts f {scope.Where} group by f.agent, f.flags
            """, r => (Agent: r.GetInt32(0), Counts: Count(r, atRejection)), cancel, scope.Parameters);
        if (atRejection)
        {
            rows.AddRange(await CreditsAsync(views, filters, agents, cancel));
        }

        return ByAgent(views, rows);
    }

    /// <summary>The same for each month of the filters, in one scan; every month counts by its own policy.</summary>
    public static async Task<Dictionary<int, Dictionary<Guid, Counts>>> CountsByMonthAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, Func<int, ScorePolicy> policyOf,
        CancellationToken cancel)
    {
        var atRejection = filters.Months.Where(m => policyOf(m).RejectionCredit == RejectionCredit.AtRejection)
            .ToHashSet();
        var scope = TicketScope.Of(filters, agents.Numbers(), views.Facets);
        var rows = await views.ReadAsync(
            $"""
            select f.agent, f.flags, count(*), sum(f.reject_events), sum(f.cycle_us), sum(f.move_us), f.month
            from ticket_facts f {scope.Where} group by f.agent, f.flags, f.month
            """,
            r => (Month: r.GetInt32(6), Agent: r.GetInt32(0), Counts: Count(r, atRejection.Contains(r.GetInt32(6)))),
            cancel, scope.Parameters);
        foreach (var month in atRejection)
        {
            rows.AddRange((await CreditsAsync(views, filters with { Months = [month] }, agents, cancel))
                .Select(c => (month, c.Agent, c.Counts)));
        }

        return rows.GroupBy(r => r.Month)
            .ToDictionary(g => g.Key, g => ByAgent(views, g.Select(r => (r.Agent, r.Counts))));
    }

    public static Guid KeptAgent(ViewSnapshot views, int number) =>
        views.Facets.Agent(number) is { } agent ? views.Merges.Kept(agent) : Guid.Empty;

    /// <summary>The counts of tickets that share their flags, from columns 1 to 5 of a row.</summary>
    public static Counts Count(NpgsqlDataReader r, bool atRejection) => Count(
        (TicketFlags)r.GetInt32(1), r.GetInt64(2), r.GetInt64(3), r.GetDecimal(4), r.GetDecimal(5), atRejection);

    /// <summary>The counts of tickets that share their flags.</summary>
    public static Counts Count(
        TicketFlags flags, long tickets, long rejectEvents, decimal cycleUs, decimal moveUs, bool atRejection)
    {
        long If(TicketFlags flag) => (flags & flag) != 0 ? tickets : 0;
        long Credited(TicketFlags flag) => atRejection ? 0 : If(flag);
        return new Counts(
            Allocated: tickets,
            Closed: If(TicketFlags.Closed),
            FirstPass: If(TicketFlags.FirstPass),
            FailedFirstPass: Credited(TicketFlags.FailedFirstPass),
            Excused: If(TicketFlags.Excused),
            OnHold: If(TicketFlags.Hold),
            Rejected: Credited(TicketFlags.Rejected),
            RejectEvents: atRejection ? 0 : rejectEvents,
            ReRejected: Credited(TicketFlags.ReRejected),
            AnyRejection: If(TicketFlags.AnyRejection),
            Moved: If(TicketFlags.Moved),
            CycleDays: cycleUs / MicrosecondsPerDay,
            OpenToMoveDays: moveUs / MicrosecondsPerDay);
    }

    private static Dictionary<Guid, Counts> ByAgent(ViewSnapshot views, IEnumerable<(int Agent, Counts Counts)> rows) =>
        rows.GroupBy(r => KeptAgent(views, r.Agent))
            .ToDictionary(g => g.Key, g => g.Aggregate(new Counts(), (sum, row) => sum + row.Counts));

    /// <summary>Rejections, failures and re-rejections of whoever had the ticket when it was sent back.</summary>
    private static Task<List<(int Agent, Counts Counts)>> CreditsAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, CancellationToken cancel)
    {
        var scope = TicketScope.Of(filters, agents.Numbers(), views.Facets, "e.agent").Add("not e.excused");
        return views.ReadAsync(
            $"""
            select e.agent, count(*), count(*) filter (where e.credits & {(int)TicketFlags.Rejected} <> 0),
                count(*) filter (where e.credits & {(int)TicketFlags.FailedFirstPass} <> 0),
                count(*) filter (where e.credits & {(int)TicketFlags.ReRejected} <> 0)
            from rejection_events e join ticket_facts f using (ticket_id) {scope.Where} group by e.agent
            """,
            r => (r.GetInt32(0), new Counts(
                RejectEvents: r.GetInt64(1), Rejected: r.GetInt64(2), FailedFirstPass: r.GetInt64(3),
                ReRejected: r.GetInt64(4))), cancel, scope.Parameters);
    }
}
