using BenchmarkDotNet.Attributes;
using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;

namespace Performance.Benchmarks;

/// <summary>The worked example of scorecard.md, as often as a scorecard has rows.</summary>
[MemoryDiagnoser]
public class GradeAndScore
{
    [Benchmark]
    public object GradeOfARow() => Grade.Of(1.7m, 89m, ScorePolicy.Default);

    [Benchmark]
    public object ScoreOfARow() => Score.Of(97.6m, 0.5m, 1.7m, 89m, 17.7m, 20m, ScorePolicy.Default);
}
