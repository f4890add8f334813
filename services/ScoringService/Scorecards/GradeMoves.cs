using System.Globalization;
using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Scorecards;

/// <summary>Something that would raise the grade or the score, and what it would then be.</summary>
/// <param name="Kind">What is changed: <see cref="MoveKind"/>'s name.</param>
/// <param name="Amount">How many tickets, or the value that is reached.</param>
/// <param name="Change">The change in words.</param>
/// <param name="Effect">The effect in words.</param>
/// <param name="Grade">The grade afterwards.</param>
/// <param name="ScoreBand">The score band afterwards.</param>
/// <param name="Points">What it adds to the score.</param>
internal sealed record GradeMove(
    string Kind, decimal Amount, string Change, string Effect, string? Grade, string? ScoreBand, decimal Points);

/// <summary>
/// The nearest changes that raise the grade, the score band or the score, found by trying them out on the policy. Of
/// each kind: the smallest that raises the grade and the smallest that raises the band; where neither can be had, what
/// earns points.
/// </summary>
internal static class GradeMoves
{
    public static IReadOnlyList<GradeMove> Of(Counts counts, AgentRecords records, ScorePolicy policy)
    {
        var now = Outcome.Of(new MonthSoFar(counts, records), policy);
        return
        [
            .. MoveKind.Of(counts, records, policy).SelectMany(kind => Nearest(kind, now, policy))
                .OrderByDescending(m => m.Then.Rank < now.Rank).ThenByDescending(m => m.Then.BandRank < now.BandRank)
                .Select(m => new GradeMove(
                    m.Kind.Name, m.Kind.Amount(m.Step), m.Kind.Says(m.Step), Effect(now, m.Then), m.Then.Grade,
                    m.Then.Band, m.Then.Score - now.Score))
        ];
    }

    private static IEnumerable<(MoveKind Kind, long Step, Outcome Then)> Nearest(
        MoveKind kind, Outcome now, ScorePolicy policy)
    {
        Outcome Then(long step) => Outcome.Of(kind.Done(step), policy);
        long?[] steps =
        [
            Smallest(kind.Most, step => Then(step).Rank < now.Rank),
            Smallest(kind.Most, step => Then(step).BandRank < now.BandRank)
        ];
        if (steps.All(step => step is null))
        {
            // Every entry more earns something: the target is what one aims at.
            steps = kind.Name == "productivity" && kind.Most > 0 && Then(kind.Most).Score > now.Score
                ? [kind.Most] : [Smallest(kind.Most, step => Then(step).Score > now.Score)];
        }

        return steps.OfType<long>().Distinct().Order().Select(step => (kind, step, Then(step)));
    }

    /// <summary>The first step that does it, by halving: more of a change never brings less (PolicyValidity).</summary>
    private static long? Smallest(long most, Func<long, bool> does)
    {
        if (most < 1 || !does(most))
        {
            return null;
        }

        var (least, enough) = (1L, most);
        while (least < enough)
        {
            var middle = least + ((enough - least) / 2);
            (least, enough) = does(middle) ? (least, middle) : (middle + 1, enough);
        }

        return enough;
    }

    private static string Effect(Outcome now, Outcome then)
    {
        var points = Math.Round(then.Score - now.Score, 2, MidpointRounding.AwayFromZero);
        string?[] parts =
        [
            points == 0 ? null : string.Create(
                CultureInfo.InvariantCulture, $"{points:+0.##;-0.##} point{(Math.Abs(points) == 1 ? "" : "s")}"),
            then.Band == now.Band ? null : $"score band {then.Band}",
            then.Grade == now.Grade ? null : $"grade {then.Grade}"
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private sealed record Outcome(string? Grade, string? Band, decimal Score)
    {
        public int Rank => ScorePolicy.RankOf(Grade);

        public int BandRank => ScorePolicy.RankOf(Band);

        public static Outcome Of(MonthSoFar month, ScorePolicy policy)
        {
            var row = ScorecardRow.Of(Guid.Empty, "", month.Counts, month.Records, policy);
            return new Outcome(row.Grade, row.ScoreBand, row.Score ?? 0);
        }
    }
}
