using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    /// <summary>The portal's own types without what they work out themselves, and without what is null.</summary>
    private static readonly JsonSerializerOptions Sent = new(RouteTable.Json)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutComputed } }
    };

    /// <summary>Members of types that serve for two answers: of the other one, and not read of this one.</summary>
    private static readonly Dictionary<string, string[]> OfOthers = new()
    {
        // Nobody declines in the story that records it.
        ["GET /api/scoring/department"] = [".declining[]"],
        ["GET /api/tickets"] = [".rejections", ".allowed"],
        ["GET /api/scoring/pipeline"] = ["ticket.eventId", "ticket.label", "ticket.at"],
        ["GET /api/scoring/escalations"] = ["ticket.eventId", "ticket.label", "ticket.at"]
    };

    private readonly ConcurrentDictionary<string, bool> _found = new();

    public IReadOnlyCollection<string> Found => [.. _found.Keys.Order()];

    public void Forget() => _found.Clear();

    public void Look(string call, object? answer)
    {
        if (answer is null or IResult || !Recorded.TryGetValue(RecordedAnswer.RouteOf(call), out var recorded))
        {
            return;
        }

        var route = RecordedAnswer.RouteOf(call);
        foreach (var made in JsonShape.Of(JsonSerializer.SerializeToNode(answer, Sent)).Misses(recorded)
            .Where(made => !IsOfOthers(route, made)))
        {
            _found.TryAdd($"{call}: {made}", true);
        }
    }

    /// <summary>Whether a path is of the other answer that the type of this one serves for.</summary>
    public static bool IsOfOthers(string route, string path) =>
        OfOthers.GetValueOrDefault(route, []).Any(member => path.Contains(member, StringComparison.Ordinal));

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
