using System.Globalization;
using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Scorecards;

/// <summary>What an agent's month would be with a change of one kind carried out.</summary>
internal sealed record MonthSoFar(Counts Counts, AgentRecords Records);

/// <summary>
/// A kind of change, in steps from the smallest on. A step says the least that it brings: tickets of which more could
/// get better (a failed one was perhaps rejected twice) are taken as the plain ones.
/// </summary>
/// <param name="Name">For clients: what is changed.</param>
/// <param name="Most">How many steps there are.</param>
/// <param name="Amount">Of a step: how many tickets, or the value that is reached.</param>
/// <param name="Says">A step in words.</param>
/// <param name="Done">The month with a step carried out.</param>
internal sealed record MoveKind(
    string Name, long Most, Func<long, decimal> Amount, Func<long, string> Says, Func<long, MonthSoFar> Done)
{
    public static IEnumerable<MoveKind> Of(Counts counts, AgentRecords records, ScorePolicy policy)
    {
        var credited = policy.RejectionCredit == RejectionCredit.AtRejection;
        MoveKind Tickets(string name, long most, string one, string many, Func<long, Counts> done) => new(
            name, most, n => n, n => n == 1 ? one : string.Create(CultureInfo.InvariantCulture, $"{n} {many}"),
            n => new MonthSoFar(done(n), records));
        yield return Tickets(
            "failedFirstPass", counts.FailedFirstPass, "1 fewer failed ticket", "fewer failed tickets",
            n => credited ? counts with { FailedFirstPass = counts.FailedFirstPass - n } : Passed(counts, n));
        yield return Tickets(
            "firstPass", Math.Max(0, counts.Allocated - counts.FirstPass - counts.AnyRejection),
            "1 more open ticket passing first time", "more open tickets passing first time",
            n => counts with { FirstPass = counts.FirstPass + n });
        yield return Tickets(
            "rejected", credited ? counts.Rejected : Math.Max(0, counts.Rejected - counts.FailedFirstPass),
            credited ? "1 fewer rejected ticket" : "1 fewer rejected ticket beside the failed ones",
            credited ? "fewer rejected tickets" : "fewer rejected tickets beside the failed ones",
            n => Unrejected(counts, n));
        yield return Tickets(
            "reRejected", counts.ReRejected, "1 fewer re-rejected ticket", "fewer re-rejected tickets",
            n => counts with { ReRejected = counts.ReRejected - n });
        if (records.Attendance is { } attendance)
        {
            yield return Attendance(counts, records, ScorePolicy.Shown(attendance), policy);
        }

        if (records is { DailyAvg: { } average, Target: { } target } && average < target)
        {
            yield return Productivity(counts, records, average, target);
        }
    }

    private static MoveKind Attendance(Counts counts, AgentRecords records, decimal shown, ScorePolicy policy)
    {
        // Bands compare one decimal, so that a limit in between is reached at the next one.
        var steps = policy.AttendanceFrom.Bands.Select(b => b.Limit)
            .Concat(policy.AttendanceDrops.Select(d => d.From)).Select(limit => Math.Ceiling(limit * 10) / 10)
            .Where(step => step > shown && step <= 100).Distinct().Order().ToList();
        return new MoveKind(
            "attendance", steps.Count, n => steps[(int)n - 1], n => FromTo("attendance", shown, steps[(int)n - 1]),
            n => new MonthSoFar(counts, records with { Attendance = steps[(int)n - 1] }));
    }

    private static MoveKind Productivity(Counts counts, AgentRecords records, decimal average, decimal target)
    {
        var tenths = Math.Floor(average * 10);
        decimal At(long n) => (tenths + n) / 10;
        return new MoveKind(
            "productivity", (long)(Math.Ceiling(target * 10) - tenths), At,
            n => FromTo("daily average", ScorePolicy.Shown(average), At(n)),
            n => new MonthSoFar(counts, records with { DailyAvg = At(n) }));
    }

    private static string FromTo(string what, decimal from, decimal to) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} from {from:0.#} to {to:0.#}");

    /// <summary>As if they had passed: still processed, no longer failed or rejected.</summary>
    private static Counts Passed(Counts counts, long n) => Unrejected(counts, n) with
    {
        FailedFirstPass = counts.FailedFirstPass - n, FirstPass = counts.FirstPass + n
    };

    private static Counts Unrejected(Counts counts, long n) => counts with
    {
        Rejected = counts.Rejected - n, AnyRejection = counts.AnyRejection - n,
        ReRejected = Math.Min(counts.ReRejected, counts.Rejected - n)
    };
}
