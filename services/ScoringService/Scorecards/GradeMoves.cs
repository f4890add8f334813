using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Scorecards;

/// <summary>Something that would raise the grade or the score, and what it would then be.</summary>
internal sealed record GradeMove(string Change, string Effect);

/// <summary>The nearest changes that raise the grade or the score, found by trying them out on the policy.</summary>
internal static class GradeMoves
{
    public static IReadOnlyList<GradeMove> Of(Counts counts, AgentRecords records, ScorePolicy policy)
    {
        var now = Outcome.Of(counts, records, policy);
        var moves = new List<GradeMove>();
        for (var fewer = 1L; fewer <= counts.FailedFirstPass; fewer++)
        {
            // As if they had passed: still processed, no longer failed.
            var then = Outcome.Of(counts with
            {
                FailedFirstPass = counts.FailedFirstPass - fewer, FirstPass = counts.FirstPass + fewer
            }, records, policy);
            if (then.Rank < now.Rank)
            {
                moves.Add(new GradeMove(
                    fewer == 1 ? "1 failed ticket fewer" : $"{fewer} failed tickets fewer",
                    $"grade {then.Grade}"));
                break;
            }
        }

        if (records.Attendance is { } attendance)
        {
            moves.AddRange(Steps(policy).Where(step => step > ScorePolicy.Shown(attendance)).Take(2)
                .Select(step => (Step: step, Then: Outcome.Of(counts, records with { Attendance = step }, policy)))
                .Where(m => m.Then.Rank < now.Rank || m.Then.Score > now.Score)
                .Select(m => new GradeMove(
                    $"attendance from {ScorePolicy.Shown(attendance):0.#} to {m.Step:0.#}", Effect(now, m.Then))));
        }

        return moves;
    }

    private static IEnumerable<decimal> Steps(ScorePolicy policy) => policy.AttendanceFrom.Bands.Select(b => b.Limit)
        .Concat(policy.AttendanceDrops.Select(d => d.From)).Distinct().Order();

    private static string Effect(Outcome now, Outcome then)
    {
        var points = then.Score > now.Score ? $"+{then.Score - now.Score:0.##} points" : "";
        var grade = then.Rank < now.Rank ? $"grade {then.Grade}" : "";
        return points.Length > 0 && grade.Length > 0 ? $"{points}, {grade}" : points + grade;
    }

    private sealed record Outcome(string? Grade, int Rank, decimal Score)
    {
        public static Outcome Of(Counts counts, AgentRecords records, ScorePolicy policy)
        {
            var row = ScorecardRow.Of(Guid.Empty, "", counts, records, policy);
            var rank = Enumerable.Range(0, ScorePolicy.Letters.Count)
                .FirstOrDefault(i => ScorePolicy.Letters[i] == row.Grade, ScorePolicy.Letters.Count);
            return new Outcome(row.Grade, rank, row.Score ?? 0);
        }
    }
}
