using Performance.Scoring.Agents;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>
/// What all tickets are read and graded by, folded from events in the order of the store: settings, status classes,
/// policies, merges, records of agents, closed months. As in the views, the last word on a thing counts.
/// </summary>
internal sealed class Frame
{
    private readonly Dictionary<string, StatusClasses> classes = [];
    private readonly Dictionary<Guid, Guid> merges = [];
    private readonly Dictionary<(Guid Agent, int Month), decimal?> attendance = [];
    private readonly Dictionary<Guid, DateOnly?> hired = [];
    private readonly Dictionary<(Guid Agent, DateOnly Date), int?> days = [];
    private readonly Dictionary<Guid, SessionHeld> sessions = [];
    private readonly Dictionary<int, MonthClosed> closed = [];

    private Frame()
    {
    }

    public ScoringSettings Settings { get; private set; } = ScoringSettings.Default;

    public PolicyBook Policies { get; private set; } = PolicyBook.Empty;

    public AgentMerges Merges { get; private set; } = new(new Dictionary<Guid, Guid>());

    public IReadOnlySet<Guid> CoachedTickets { get; private set; } = new HashSet<Guid>();

    public IReadOnlyCollection<SessionHeld> Sessions => sessions.Values;

    public static Frame Of(IEnumerable<object> facts)
    {
        var frame = new Frame();
        foreach (var fact in facts)
        {
            frame.Apply(fact);
        }

        frame.Merges = new AgentMerges(frame.merges);
        frame.CoachedTickets = frame.sessions.Values.Select(s => s.TicketId).OfType<Guid>().ToHashSet();
        return frame;
    }

    public StatusClasses ClassesOf(string source) => classes.GetValueOrDefault(source) ?? StatusClasses.Default;

    /// <summary>The closing of the month that the scope is, or null.</summary>
    public MonthClosed? FrozenBy(Filters filters) =>
        FrozenMonths.Of(filters) is { } month ? closed.GetValueOrDefault(month) : null;

    /// <summary>As <see cref="GetScorecard.PolicyFor"/>, as of an instant.</summary>
    public PolicyVersion PolicyFor(Filters filters, DateTimeOffset asOf) => FrozenBy(filters) is { } frozen
        ? Policies.Versioned(frozen.PolicyVersion)
        : Policies.On(filters.LastDay() ?? Settings.Zone.DayOf(asOf));

    /// <summary>What is recorded of agents, the log and the sessions of dates in scope.</summary>
    public RecordRows Records(Filters filters) => new(
        [
            .. attendance.Where(a => a.Value is not null)
                .Select(a => new AttendanceRow(a.Key.Agent, a.Key.Month, a.Value!.Value))
        ],
        [.. hired.Where(h => h.Value is not null).Select(h => new HireRow(h.Key, h.Value!.Value))],
        [
            .. days.Where(d => d.Value is not null && filters.HasDate(d.Key.Date))
                .GroupBy(d => (d.Key.Agent, Month: BusinessZone.MonthNumber(d.Key.Date)))
                .Select(g => new LogRow(g.Key.Agent, g.Key.Month, g.Count(), g.Sum(d => (long)d.Value!.Value)))
        ],
        [
            .. sessions.Values.Where(s => filters.HasDate(s.Date)).GroupBy(s => s.AgentId)
                .Select(g => new SessionsRow(g.Key, g.LongCount()))
        ]);

    private void Apply(object fact)
    {
        switch (fact)
        {
            case SettingsChanged e:
                Settings = e.Settings;
                break;
            case PolicyPublished e:
                Policies = Policies.Apply(e);
                break;
            case StatusClassesDefined e:
                classes[e.Source] = new StatusClasses(e.Terminal, e.Closed, e.Hold);
                break;
            case AgentRecordsMerged e:
                merges[e.Merged] = e.Kept;
                break;
            case AttendanceNoted e:
                attendance[(e.AgentId, BusinessZone.MonthNumber(e.Month))] = e.Percent;
                break;
            case RampPlanned e:
                hired[e.AgentId] = e.HireMonth;
                break;
            case WorkDayCounted e:
                days[(e.AgentId, e.Date)] = e.Entries;
                break;
            case WorkDayEmptied e:
                days[(e.AgentId, e.Date)] = null;
                break;
            case SessionHeld e:
                sessions.TryAdd(e.SessionId, e);
                break;
            case MonthClosed e:
                closed[BusinessZone.MonthNumber(e.Month)] = e;
                break;
            case MonthReopened e:
                closed.Remove(BusinessZone.MonthNumber(e.Month));
                break;
        }
    }
}
