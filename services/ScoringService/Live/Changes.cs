using System.Text.Json;

namespace Performance.Scoring.Live;

/// <summary>What one commit of the views changed: topics with the keys under which listeners know it.</summary>
internal sealed class Changes
{
    /// <summary>Stands for every key: more changed than a notification can name.</summary>
    public const string All = "*";

    public const string Unassigned = "unassigned";

    // PostgreSQL refuses notifications of 8,000 bytes.
    private const int MostKeys = 150;
    private const int MostBytes = 7_500;
    private readonly Dictionary<string, HashSet<string>> topics = [];

    public bool Any => topics.Count > 0;

    public void Add(string topic, string key)
    {
        if (!topics.TryGetValue(topic, out var keys))
        {
            topics[topic] = keys = [];
        }

        keys.Add(key);
    }

    public void Add(string topic, Guid? agent) => Add(topic, agent?.ToString() ?? Unassigned);

    /// <summary>The notification's text.</summary>
    public string Payload(long sequence)
    {
        var text = JsonSerializer.Serialize(new Notice(sequence, topics.ToDictionary(t => t.Key, t => Named(t.Value))));
        return text.Length <= MostBytes ? text : JsonSerializer.Serialize(
            new Notice(sequence, topics.ToDictionary(t => t.Key, _ => new[] { All })));
    }

    private static string[] Named(HashSet<string> keys) =>
        keys.Contains(All) || keys.Count > MostKeys ? [All] : [.. keys.Order(StringComparer.Ordinal)];
}

/// <summary>A commit of the views, as it is announced.</summary>
/// <param name="Sequence">How far the views are with it, in Scoring's store.</param>
/// <param name="Topics">Keys changed by topic.</param>
internal sealed record Notice(long Sequence, IReadOnlyDictionary<string, string[]> Topics);

/// <summary>The topics of the live stream.</summary>
internal static class Topics
{
    public const string Channel = "scoring_views";
    public const string Scorecard = "scorecard";
    public const string Pipeline = "pipeline";
    public const string Rejections = "rejections";
    public const string My = "my";
    public const string Coaching = "coaching";

    /// <summary>Its keys are ISO weeks.</summary>
    public const string Reviews = "reviews";
    public const string Policies = "policies";
    public const string Settings = "settings";

    public static IReadOnlyList<string> Names { get; } =
        [Scorecard, Pipeline, Rejections, My, Coaching, Reviews, Policies, Settings];
}
