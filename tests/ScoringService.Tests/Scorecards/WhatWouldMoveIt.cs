using FsCheck.Fluent;
using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring;

/// <summary>Random months under random policies: what is said to move them does, and nothing less.</summary>
public sealed class WhatWouldMoveIt
{
    private static readonly string[] Kinds =
        ["failedFirstPass", "firstPass", "rejected", "reRejected", "attendance", "productivity"];

    [Fact]
    public void Carried_out_each_move_gives_exactly_what_it_says() => Prop.ForAll(Stories.Seeds, seed =>
    {
        var (counts, records, policy) = Month(seed);
        var now = Row(counts, records, policy);
        foreach (var move in GradeMoves.Of(counts, records, policy))
        {
            var then = CarryOut(move.Kind, move.Amount, counts, records, policy);
            Assert.Equal((move.Grade, move.ScoreBand), (then.Grade, then.ScoreBand));
            Assert.Equal(now.Score + move.Points, then.Score);
            Assert.Equal(then.Grade != now.Grade, move.Effect.Contains($"grade {then.Grade}"));
            Assert.Equal(then.ScoreBand != now.ScoreBand, move.Effect.Contains($"score band {then.ScoreBand}"));
            Assert.Contains($"{move.Amount:0.#}", move.Change);
        }
    }).Holds();

    [Fact]
    public void No_smaller_one_of_its_kind_does_and_none_that_does_is_left_out() => Prop.ForAll(Stories.Seeds, seed =>
    {
        var (counts, records, policy) = Month(seed);
        var now = Row(counts, records, policy);
        var moves = GradeMoves.Of(counts, records, policy);
        foreach (var kind in Kinds)
        {
            var tried = Amounts(kind, counts, records, policy)
                .Select(amount => (Amount: amount, Then: CarryOut(kind, amount, counts, records, policy))).ToList();
            decimal? First(Func<ScorecardRow, bool> does) =>
                tried.Where(t => does(t.Then)).Select(t => (decimal?)t.Amount).FirstOrDefault();
            decimal?[] nearest =
            [
                First(then => ScorePolicy.RankOf(then.Grade) < ScorePolicy.RankOf(now.Grade)),
                First(then => ScorePolicy.RankOf(then.ScoreBand) < ScorePolicy.RankOf(now.ScoreBand))
            ];
            if (nearest.All(amount => amount is null))
            {
                nearest = [kind == "productivity" ? Full(tried, now) : First(then => then.Score > now.Score)];
            }

            Assert.Equal(
                nearest.OfType<decimal>().Distinct().Order(),
                moves.Where(m => m.Kind == kind).Select(m => m.Amount).Order());
        }
    }).Holds();

    [Fact]
    public void Random_policies_are_such_as_can_be_published() => Prop.ForAll(
        Stories.Seeds, seed => _ = PolicyValidity.Checked(RandomPolicies.Of(seed))).Holds();

    [Fact]
    public void The_best_there_is_has_nothing_to_move() => Assert.Empty(GradeMoves.Of(
        new Counts(Allocated: 100, Closed: 100, FirstPass: 100), new AgentRecords(100m, 20m, 20m, 0),
        ScorePolicy.Default));

    [Fact]
    public void It_is_said_as_people_say_it()
    {
        // 40 processed of 50, 4 of them failed: 10.0 % is C; attendance 89 drops it to D.
        var counts = new Counts(
            Allocated: 50, Closed: 40, FirstPass: 36, FailedFirstPass: 4, Rejected: 5, ReRejected: 1, AnyRejection: 5);
        Assert.Equal(
            [
                "2 fewer failed tickets: grade C", "attendance from 89 to 95: +4 points, grade C",
                "9 more open tickets passing first time: +20 points", "1 fewer re-rejected ticket: +5 points",
                "daily average from 17.7 to 20: +1.15 points"
            ],
            GradeMoves.Of(counts, new AgentRecords(89m, 17.7m, 20m, 0), ScorePolicy.Default)
                .Select(m => $"{m.Change}: {m.Effect}"));
    }

    private static (Counts, AgentRecords, ScorePolicy) Month(int seed)
    {
        var random = new Random(seed);
        int Some() => random.Next(3) switch { 0 => 0, 1 => random.Next(4), _ => random.Next(60) };

        // Open and clean, open and rejected once or again, passed, failed once or again, excused.
        var (open, back, again, passed, failed, failedAgain, excused) =
            (Some(), Some(), Some(), Some() * 3, Some(), Some(), Some());
        var counts = new Counts(
            Allocated: open + back + again + passed + failed + failedAgain + excused,
            FirstPass: passed, FailedFirstPass: failed + failedAgain, Excused: excused,
            Rejected: back + again + failed + failedAgain, ReRejected: again + failedAgain,
            AnyRejection: back + again + failed + failedAgain + excused);
        var records = new AgentRecords(
            random.Next(4) == 0 ? null : random.Next(10_001) / 100m, random.Next(4) == 0 ? null : random.Next(300) / 7m,
            random.Next(1, 400) / 10m, 0);
        return (counts, records, random.Next(3) == 0 ? ScorePolicy.Default : RandomPolicies.Of(seed));
    }

    private static ScorecardRow Row(Counts counts, AgentRecords records, ScorePolicy policy) =>
        ScorecardRow.Of(Guid.Empty, "", counts, records, policy);

    private static IEnumerable<decimal> Amounts(string kind, Counts c, AgentRecords records, ScorePolicy policy) =>
        kind switch
        {
            "failedFirstPass" => UpTo(c.FailedFirstPass),
            "firstPass" => UpTo(c.Allocated - c.FirstPass - c.AnyRejection),
            "rejected" => UpTo(policy.RejectionCredit == RejectionCredit.Current
                ? c.Rejected - c.FailedFirstPass : c.Rejected),
            "reRejected" => UpTo(c.ReRejected),
            "attendance" => records.Attendance is { } from ? Tenths(from, 100m) : [],
            _ => records.DailyAvg is { } average ? Tenths(average, Math.Ceiling(records.Target!.Value * 10) / 10) : []
        };

    private static IEnumerable<decimal> UpTo(long most) =>
        Enumerable.Range(1, (int)Math.Max(0, most)).Select(n => (decimal)n);

    private static IEnumerable<decimal> Tenths(decimal above, decimal most)
    {
        for (var at = (Math.Floor(above * 10) + 1) / 10; at <= most; at += 0.1m)
        {
            yield return at;
        }
    }

    private static decimal? Full(List<(decimal Amount, ScorecardRow Then)> tried, ScorecardRow now) =>
        tried.Count > 0 && tried[^1].Then.Score > now.Score ? tried[^1].Amount : null;

    /// <summary>By the words of the move, ticket for ticket.</summary>
    private static ScorecardRow CarryOut(
        string kind, decimal amount, Counts c, AgentRecords records, ScorePolicy policy)
    {
        var credited = policy.RejectionCredit == RejectionCredit.AtRejection;
        for (var i = 0; kind is not ("attendance" or "productivity") && i < amount; i++)
        {
            c = kind switch
            {
                "failedFirstPass" when credited => c with { FailedFirstPass = c.FailedFirstPass - 1 },
                "failedFirstPass" => NotRejected(c) with
                {
                    FailedFirstPass = c.FailedFirstPass - 1, FirstPass = c.FirstPass + 1
                },
                "firstPass" => c with { FirstPass = c.FirstPass + 1 },
                "rejected" => NotRejected(c),
                _ => c with { ReRejected = c.ReRejected - 1 }
            };
        }

        return Row(
            c, kind == "attendance" ? records with { Attendance = amount }
                : kind == "productivity" ? records with { DailyAvg = amount } : records, policy);
    }

    /// <summary>One rejected only once, while there is one.</summary>
    private static Counts NotRejected(Counts c) => c with
    {
        Rejected = c.Rejected - 1, AnyRejection = c.AnyRejection - 1,
        ReRejected = c.ReRejected == c.Rejected ? c.ReRejected - 1 : c.ReRejected
    };
}
