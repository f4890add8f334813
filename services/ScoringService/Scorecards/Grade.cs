using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Scorecards;

/// <summary>The official grade: base from the failed first-pass rate, less what attendance costs.</summary>
/// <param name="Letter">The final grade, or null without a processed ticket.</param>
/// <param name="Base">Before attendance.</param>
/// <param name="Drop">Grades dropped for attendance; asked for, also where D stops it.</param>
/// <param name="Note">Why there is no grade or no modifier, or null.</param>
internal sealed record Grade(string? Letter, string? Base, int Drop, string? Note)
{
    public const string NothingProcessed = "No processed ticket";
    public const string NoAttendance = "Attendance not recorded: no modifier";

    public static Grade Of(decimal? failedFirstPassRate, decimal? attendance, ScorePolicy policy)
    {
        if (failedFirstPassRate is not { } failed)
        {
            return new Grade(null, null, 0, NothingProcessed);
        }

        var shown = ScorePolicy.Shown(failed);
        var letter = policy.GradeUpTo.FirstOrDefault(b => shown <= b.Limit)?.Grade ?? policy.GradeBeyond;
        var drop = DropFor(attendance, policy);
        return new Grade(Lower(letter, drop), letter, drop, attendance is null ? NoAttendance : null);
    }

    private static int DropFor(decimal? attendance, ScorePolicy policy) => attendance is { } percent
        ? policy.AttendanceDrops.FirstOrDefault(d => ScorePolicy.Shown(percent) >= d.From)?.Drop ?? policy.DropBelow
        : 0;

    private static string Lower(string letter, int drop)
    {
        var last = ScorePolicy.Letters.Count - 1;
        var at = Enumerable.Range(0, last + 1).First(i => ScorePolicy.Letters[i] == letter);
        return ScorePolicy.Letters[Math.Min(at + drop, last)];
    }
}
