using Performance.Scoring.Agents;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring;

/// <summary>
/// The scorecard of some months (none: all) written down a second time, from the events that are given and nothing
/// else: each number looks through all of them for itself.
/// </summary>
internal sealed class NaiveScorecard
{
    private readonly IReadOnlyList<object> events;
    private readonly string[] months;
    private readonly ScorePolicy policy;

    public NaiveScorecard(IReadOnlyList<object> events, DateTimeOffset asOf, params string[] months)
    {
        this.events = events;
        this.months = months;
        var zone = BusinessZone.Of(
            events.OfType<SettingsChanged>().LastOrDefault()?.Settings.BusinessZone ?? "America/Los_Angeles");
        var day = months.Length == 0 ? zone.DayOf(asOf)
            : DateOnly.ParseExact(months.Max()! + "-01", "yyyy-MM-dd").AddMonths(1).AddDays(-1);
        var version = events.OfType<PolicyPublished>().Where(e => e.EffectiveFrom <= day)
            .OrderBy(e => e.EffectiveFrom).ThenBy(e => e.Version).LastOrDefault();
        (policy, PolicyVersion) = (version?.Policy ?? ScorePolicy.Default, version?.Version ?? 0);
        Tickets =
        [
            .. events.OfType<WorkEvent>().GroupBy(e => e.TicketId).Where(g => g.OfType<WorkOpened>().Any())
                .Select(g => Read([.. g])).Where(t => Within(zone.DayOf(t.Opened.OccurredAt)))
        ];
    }

    public int PolicyVersion { get; }

    private List<(WorkOpened Opened, NaiveTicket Ticket)> Tickets { get; }

    public IEnumerable<Guid> Agents => Stories.Agents.Select(a => Kept(a)!.Value).Distinct();

    public ScorecardRow Row(Guid agent) => ScorecardRow.Of(agent, "", Counts(agent), Records(agent), policy);

    public Counts Counts(Guid? agent)
    {
        var own = Tickets.Where(t => Kept(t.Ticket.Agent) == agent).ToList();
        long Has(TicketFlags flag) => own.LongCount(t => (t.Ticket.Flags() & flag) != 0);
        decimal Days((WorkOpened Opened, NaiveTicket) t, DateTimeOffset? at) =>
            at is { } instant ? (instant - t.Opened.OccurredAt).Ticks / 10 / 86_400_000_000m : 0;
        var credit = policy.RejectionCredit == RejectionCredit.AtRejection;
        return new Counts(
            own.Count, Has(TicketFlags.Closed), Has(TicketFlags.FirstPass),
            credit ? Credited(agent, r => r.Failed) : Has(TicketFlags.FailedFirstPass),
            Has(TicketFlags.Excused), Has(TicketFlags.Hold),
            credit ? Credited(agent, r => r.Last) : Has(TicketFlags.Rejected),
            credit ? Credited(agent, _ => true) : own.Sum(t => t.Ticket.Rejections().LongCount(r => !r.Excused)),
            credit ? Credited(agent, r => r.Again) : Has(TicketFlags.ReRejected), Has(TicketFlags.AnyRejection),
            Has(TicketFlags.Moved), own.Sum(t => Days(t, t.Ticket.ClosedAt())),
            own.Sum(t => Days(t, t.Ticket.FirstMoveAt())));
    }

    private AgentRecords Records(Guid agent)
    {
        var attendance = events.OfType<AttendanceNoted>().Where(e => Kept(e.AgentId) == agent && Within(e.Month))
            .GroupBy(e => (e.Month, e.AgentId)).Select(g => g.Last()).Where(e => e.Percent is not null)
            .GroupBy(e => e.Month).Select(g => (g.FirstOrDefault(e => e.AgentId == agent)
                ?? g.OrderBy(e => e.AgentId).First()).Percent!.Value).ToList();
        var days = events.Where(e => e is WorkDayCounted or WorkDayEmptied)
            .GroupBy(e => e is WorkDayCounted c ? (c.AgentId, c.Date) : (((WorkDayEmptied)e).AgentId,
                ((WorkDayEmptied)e).Date))
            .Select(g => g.Last()).OfType<WorkDayCounted>()
            .Where(e => Kept(e.AgentId) == agent && Within(e.Date)).ToList();
        var hired = events.OfType<RampPlanned>().GroupBy(e => e.AgentId).Select(g => g.Last())
            .Where(e => Kept(e.AgentId) == agent && e.HireMonth is not null)
            .OrderBy(e => e.AgentId != agent).ThenBy(e => e.AgentId).FirstOrDefault()?.HireMonth;
        return new AgentRecords(
            attendance.Count == 0 ? null : attendance.Average(),
            days.Count == 0 ? null : days.Sum(e => e.Entries) / (decimal)days.Count,
            days.Count == 0 ? null : days.Average(e => policy.TargetOn(e.Date, hired)),
            events.OfType<SessionHeld>().LongCount(e => Kept(e.AgentId) == agent && Within(e.Date)));
    }

    private long Credited(
        Guid? agent, Func<(bool Last, bool Failed, bool Again), bool> counts) => Tickets.Sum(t =>
    {
        var flags = t.Ticket.Flags();
        var counted = t.Ticket.Rejections().Where(r => !r.Excused).ToList();
        return counted.LongCount(r => Kept(r.Agent) == agent && counts((
            r.Id == counted[^1].Id,
            (flags & TicketFlags.FailedFirstPass) != 0 && r.Id == counted.Last(c => c.BeforeTerminal).Id,
            r.Id == counted[^1].Id && (flags & TicketFlags.ReRejected) != 0)));
    });

    private (WorkOpened Opened, NaiveTicket Ticket) Read(List<WorkEvent> ticket)
    {
        var opened = ticket.OfType<WorkOpened>().First();
        var defined = events.OfType<StatusClassesDefined>().LastOrDefault(e => e.Source == opened.Source);
        return (opened, new NaiveTicket(ticket, defined is null ? StatusClasses.Default
            : new StatusClasses(defined.Terminal, defined.Closed, defined.Hold)));
    }

    private bool Within(DateOnly day) => months.Length == 0 || months.Contains(day.ToString("yyyy-MM"));

    /// <summary>All merges in these histories go to the same record.</summary>
    private Guid? Kept(Guid? agent) =>
        events.OfType<AgentRecordsMerged>().LastOrDefault(e => e.Merged == agent)?.Kept ?? agent;
}
