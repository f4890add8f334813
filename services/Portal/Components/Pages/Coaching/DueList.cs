using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Coaching;

/// <summary>An agent who needs a conversation this week, and when there last was one.</summary>
public sealed record DueAgent(ScorecardRow Row, DateOnly? LastSession, bool Talked);

/// <summary>
/// Agents whose grade this month asks for coaching (the policy says which do, by default C and D): due until a session
/// of this week is logged.
/// </summary>
public sealed record DueList(string Month, IReadOnlyList<DueAgent> Agents)
{
    /// <summary>The flag that Scoring puts on such a row.</summary>
    public const string Flag = "coachingDue";

    private const int Recent = 500;

    public int Waiting => Agents.Count(a => !a.Talked);

    public static async Task<DueList> ReadAsync(
        GatewayClients api, BusinessTime time, long? atLeast, CancellationToken cancel)
    {
        var month = time.ThisMonth;
        var card = api.Scoring.ScorecardAsync(new ScorecardFilter { Months = [month] }, atLeast, cancel);
        var sessions = api.Coaching.SessionsAsync(null, null, 1, Recent, cancel);
        return Of(month, time.Today, (await card).Agents, (await sessions).Items);
    }

    public static DueList Of(
        string month, DateOnly today, IEnumerable<ScorecardRow> rows, IEnumerable<CoachingSession> sessions)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var last = sessions.GroupBy(s => s.AgentId).ToDictionary(g => g.Key, g => g.Max(s => s.Date));
        var due = rows.Where(r => r.AgentId is not null && r.Flags.Contains(Flag)).Select(r =>
        {
            DateOnly? talked = last.TryGetValue(r.AgentId!.Value, out var date) ? date : null;
            return new DueAgent(r, talked, talked >= monday);
        });
        return new DueList(
            month,
            [
                .. due.OrderBy(a => a.Talked).ThenByDescending(a => a.Row.Grade, StringComparer.Ordinal)
                    .ThenBy(a => a.Row.Name, StringComparer.CurrentCultureIgnoreCase)
            ]);
    }
}
