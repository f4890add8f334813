using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Performance.Testing.Answers;

namespace Performance.Portal.Fakes;

/// <summary>
/// Holds every answer of the fake gateway against those that the services recorded: a member that no service answers,
/// or of another kind, is made up, and a test that rests on it shows nothing.
/// </summary>
internal sealed class Inventions
{
    private static readonly Dictionary<string, JsonShape> Recorded = RecordedAnswer.All()
        .Where(a => a.Status < 300).GroupBy(a => a.Route)
        .ToDictionary(g => g.Key, g => JsonShape.Of(g.Select(a => a.Body)));

    /// <summary>The portal's own types without what they work out themselves.</summary>
    private static readonly JsonSerializerOptions Sent = new(RouteTable.Json)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutComputed } }
    };

    private readonly ConcurrentDictionary<string, bool> _found = new();

    public IReadOnlyCollection<string> Found => [.. _found.Keys.Order()];

    public void Look(string call, object? answer)
    {
        if (answer is null or IResult || !Recorded.TryGetValue(RecordedAnswer.RouteOf(call), out var recorded))
        {
            return;
        }

        foreach (var made in JsonShape.Of(JsonSerializer.SerializeToNode(answer, Sent)).Misses(recorded))
        {
            _found.TryAdd($"{call}: {made}", true);
        }
    }

    private static void WithoutComputed(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Type.Namespace == "Performance.Portal.Api" && type.Properties[i].Set is null)
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
