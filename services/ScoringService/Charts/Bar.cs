namespace Performance.Scoring.Charts;

/// <summary>A bar of a chart: <c>Key</c> is what the list behind it is asked for with.</summary>
internal sealed record Bar(string Key, string Name, long Count);
