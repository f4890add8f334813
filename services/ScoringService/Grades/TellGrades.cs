using Performance.Contracts;
using Performance.Scoring.Settings;

namespace Performance.Scoring.Grades;

/// <summary>An agent's grade of a month, as scorecard and receipt show it now.</summary>
internal sealed record GradeNow(Guid AgentId, KnownGrade Grade);

/// <summary>What an agent is told about grades, and what is only written down (docs/adr/0108). Pure.</summary>
internal static class TellGrades
{
    /// <param name="state">What is written down of the agent.</param>
    /// <param name="agentId">The agent.</param>
    /// <param name="settled">Grades that differ from it and have stood still.</param>
    /// <param name="under">A month's letter from today's facts under another version of the policy.</param>
    /// <param name="today">The day of the business.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<object> Decide(
        AgentGrades state, Guid agentId, IReadOnlyList<KnownGrade> settled, Func<KnownGrade, int, string?> under,
        DateOnly today, DateTimeOffset now)
    {
        var silent = new List<KnownGrade>();
        var moves = new List<ToldMove>();
        foreach (var grade in settled.OrderByDescending(grade => grade.Month))
        {
            if (state.Of(grade.Month) is not { } known || known.Letter == grade.Letter)
            {
                silent.Add(grade);
            }
            else if (Cause(known, grade, under) is var cause
                && (cause != GradeCause.Work || !IsHistory(known, grade, today)))
            {
                moves.Add(new ToldMove(known.Letter, grade, cause));
            }
            else
            {
                silent.Add(grade);
            }
        }

        return
        [
            .. silent.Count > 0 ? [new GradesNoted(agentId, silent, now)] : Array.Empty<object>(),
            .. moves.Count > 0 && !WasTold(state, today)
                ? [new GradesTold(agentId, moves, today, now)] : Array.Empty<object>()
        ];
    }

    /// <summary>Whether there is something to write down or to tell about a month.</summary>
    public static bool Differs(AgentGrades state, KnownGrade grade, DateOnly today) =>
        state.Of(grade.Month) is not { } known || known.Letter != grade.Letter || known.Frozen != grade.Frozen
        || IsHistory(known, grade, today);

    /// <summary>Whether nothing more can be told today.</summary>
    private static bool WasTold(AgentGrades state, DateOnly today) => state.ToldOn >= today;

    /// <summary>
    /// Tickets came into a month that ended over a month ago, or left it: records of the past are being loaded or put
    /// right, which is no news.
    /// </summary>
    private static bool IsHistory(KnownGrade known, KnownGrade grade, DateOnly today) =>
        known.Allocated != grade.Allocated
        && BusinessZone.MonthNumber(grade.Month) < BusinessZone.MonthNumber(today) - 1;

    private static GradeCause Cause(KnownGrade known, KnownGrade grade, Func<KnownGrade, int, string?> under) =>
        (known.Frozen, grade.Frozen) switch
        {
            (true, false) => GradeCause.Reopening,
            (false, true) => GradeCause.Closing,
            _ => known.PolicyVersion != grade.PolicyVersion && under(grade, known.PolicyVersion) != grade.Letter
                ? GradeCause.Policy : GradeCause.Work
        };
}
