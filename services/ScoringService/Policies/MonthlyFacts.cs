using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.ScorePolicies;

/// <summary>Working days of an agent in a month, as the productivity log has them.</summary>
internal sealed record LoggedMonth(long Days, long Entries);

/// <summary>
/// What the rows of every agent and month in a stretch are made of, before any policy: read in one pass, so that a
/// policy costs arithmetic and no query (docs/adr/0095). Keyed by month and kept agent.
/// </summary>
internal sealed record MonthlyFacts(
    IReadOnlyDictionary<(int Month, Guid Agent), Counts> Current,
    IReadOnlyDictionary<(int Month, Guid Agent), Counts> AtRejection,
    IReadOnlyDictionary<(int Month, Guid Agent), decimal> Attendance,
    IReadOnlyDictionary<(int Month, Guid Agent), LoggedMonth> Logs,
    IReadOnlyDictionary<Guid, DateOnly> Hired,
    IReadOnlyList<(int Month, Guid Agent)> Rows)
{
    private const string MonthOfDate = "(extract(year from date) * 12 + extract(month from date) - 1)::int";

    /// <summary>The row of an agent's month under a policy: the one that the scorecard of that month shows.</summary>
    public ScorecardRow Row((int Month, Guid Agent) of, ScorePolicy policy)
    {
        var counts = policy.RejectionCredit == RejectionCredit.AtRejection ? AtRejection : Current;
        return ScorecardRow.Of(of.Agent, "", counts.GetValueOrDefault(of) ?? new Counts(), Records(of, policy), policy);
    }

    /// <param name="views">Where from.</param>
    /// <param name="first">First month, as <see cref="BusinessZone.MonthNumber"/>.</param>
    /// <param name="last">Last month.</param>
    /// <param name="credits">Whether a policy credits at rejection, which needs the rejection events too.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="agents">Whose tickets; null: everybody's.</param>
    public static async Task<MonthlyFacts> ReadAsync(
        ViewSnapshot views, int first, int last, bool credits, CancellationToken cancel, AgentScope? agents = null)
    {
        var whose = agents?.Numbers();
        var grouped = await views.ReadAsync(
            """
            select f.agent, f.flags, count(*), 0::bigint, 0::numeric, 0::numeric, f.month
            from ticket_facts f where f.month between $1 and $2 and ($3 or f.agent = any($4))
            group by f.agent, f.flags, f.month
            """,
            r => (Month: r.GetInt32(6), Agent: r.GetInt32(0), Current: ScorecardQuery.Count(r, atRejection: false),
                AtRejection: ScorecardQuery.Count(r, atRejection: true)), cancel, first, last, whose is null,
            (whose ?? []).ToArray());
        var credited = credits ? await CreditsAsync(views, first, last, whose, cancel) : [];
        var current = Sum(views, grouped.Select(g => (g.Month, g.Agent, g.Current)));
        var atRejection = Sum(views, grouped.Select(g => (g.Month, g.Agent, g.AtRejection)).Concat(credited));
        var attendance = Of(views, await views.ReadAsync(
            "select agent_id, month, percent from attendance where month between $1 and $2 order by agent_id",
            r => (r.GetGuid(0), r.GetInt32(1), r.GetDecimal(2)), cancel, first, last));
        var logs = await LogsAsync(views, first, last, cancel);
        var coached = await views.ReadAsync(
            $"select distinct agent_id, {MonthOfDate} from coaching_sessions where {MonthOfDate} between $1 and $2",
            r => (Month: r.GetInt32(1), Agent: views.Merges.Kept(r.GetGuid(0))), cancel, first, last);
        return new MonthlyFacts(
            current, atRejection, attendance, logs, await HiredAsync(views, cancel),
            [
                .. current.Keys.Concat(atRejection.Keys).Concat(attendance.Keys).Concat(logs.Keys).Concat(coached)
                    .Distinct().Where(row => row.Agent != Guid.Empty)
            ]);
    }

    private AgentRecords Records((int Month, Guid Agent) of, ScorePolicy policy)
    {
        var log = Logs.GetValueOrDefault(of);
        DateOnly? hired = Hired.TryGetValue(of.Agent, out var month) ? month : null;
        return new AgentRecords(
            Attendance.TryGetValue(of, out var percent) ? percent : null,
            log is null ? null : log.Entries / (decimal)log.Days,
            log is null ? null : policy.TargetOn(BusinessZone.MonthOf(of.Month), hired), 0);
    }

    /// <summary>Rejections, failures and re-rejections of whoever had the ticket when it was sent back.</summary>
    private static Task<List<(int Month, int Agent, Counts Counts)>> CreditsAsync(
        ViewSnapshot views, int first, int last, IReadOnlyList<int>? whose, CancellationToken cancel) =>
        views.ReadAsync(
        $"""
        select f.month, e.agent, count(*) filter (where e.credits & {(int)TicketFlags.Rejected} <> 0),
            count(*) filter (where e.credits & {(int)TicketFlags.FailedFirstPass} <> 0),
            count(*) filter (where e.credits & {(int)TicketFlags.ReRejected} <> 0)
        from rejection_events e join ticket_facts f using (ticket_id)
        where f.month between $1 and $2 and not e.excused and ($3 or e.agent = any($4))
        group by f.month, e.agent
        """,
        r => (r.GetInt32(0), r.GetInt32(1), new Counts(
            Rejected: r.GetInt64(2), FailedFirstPass: r.GetInt64(3), ReRejected: r.GetInt64(4))), cancel, first, last,
        whose is null, (whose ?? []).ToArray());

    private static Dictionary<(int Month, Guid Agent), Counts> Sum(
        ViewSnapshot views, IEnumerable<(int Month, int Agent, Counts Counts)> parts) => parts
        .GroupBy(p => (p.Month, Agent: ScorecardQuery.KeptAgent(views, p.Agent)))
        .ToDictionary(g => g.Key, g => g.Aggregate(new Counts(), (sum, part) => sum + part.Counts));

    private static async Task<Dictionary<(int Month, Guid Agent), LoggedMonth>> LogsAsync(
        ViewSnapshot views, int first, int last, CancellationToken cancel) => (await views.ReadAsync(
        $"""
        select agent_id, {MonthOfDate}, count(*), sum(entries) from work_days
        where {MonthOfDate} between $1 and $2 group by 1, 2
        """,
        r => (Agent: r.GetGuid(0), Month: r.GetInt32(1), Days: r.GetInt64(2), Entries: r.GetInt64(3)), cancel, first,
        last))
        .GroupBy(d => (d.Month, views.Merges.Kept(d.Agent)))
        .ToDictionary(g => g.Key, g => new LoggedMonth(g.Sum(d => d.Days), g.Sum(d => d.Entries)));

    private static async Task<Dictionary<Guid, DateOnly>> HiredAsync(ViewSnapshot views, CancellationToken cancel) =>
        Of(views, await views.ReadAsync(
            "select agent_id, hire_month from ramp_plans", r => (r.GetGuid(0), 0, r.GetFieldValue<DateOnly>(1)),
            cancel))
        .ToDictionary(h => h.Key.Agent, h => h.Value);

    /// <summary>Of merged records that say something of the same month, the kept one's word counts.</summary>
    private static Dictionary<(int Month, Guid Agent), T> Of<T>(
        ViewSnapshot views, List<(Guid Agent, int Month, T Value)> said) => said
        .GroupBy(a => (a.Month, Agent: views.Merges.Kept(a.Agent)))
        .ToDictionary(g => g.Key, g => g.OrderByDescending(a => a.Agent == g.Key.Agent).First().Value);
}
