using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Performance.Testing.Answers;

/// <summary>
/// Compares what a service answers with the recorded answers. With <c>PERFORMANCE_RENEW_ANSWERS=1</c> in the
/// environment what differs is recorded anew instead; the portal's tests then tell what that means for it.
/// </summary>
/// <param name="service">The folder of the service's answers.</param>
public sealed class AnswerBook(string service)
{
    private const string Switch = "PERFORMANCE_RENEW_ANSWERS";
    private static readonly bool Renews = Environment.GetEnvironmentVariable(Switch) == "1";
    private readonly List<string> differences = [];

    /// <summary>Takes an answer down, and answers its document.</summary>
    /// <param name="call">Method and route, as "GET /api/tickets/{id}"; a variant's name after a blank.</param>
    /// <param name="answering">What the service answers.</param>
    public async Task<JsonNode> TakeAsync(string call, Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        var text = await answer.Content.ReadAsStringAsync();
        var live = new RecordedAnswer(call, (int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
        var recorded = RecordedAnswer.Find(service, call);
        var found = recorded is null ? ["nothing is recorded"] : Between(recorded, live).ToList();
        if (found.Count > 0 && Renews)
        {
            live.Write(service);
        }
        else
        {
            differences.AddRange(found.Select(difference => $"{call}: {difference}"));
        }

        return live.Body ?? new JsonObject();
    }

    /// <summary>At the end: all that is answered otherwise than it is recorded.</summary>
    public void ShouldBeTheSame()
    {
        if (differences.Count > 0)
        {
            throw new XunitException(
                string.Join('\n', differences) + $"\nIf that is meant, run this test with {Switch}=1 and then the "
                + "portal's tests, which read what is recorded.");
        }
    }

    private static IEnumerable<string> Between(RecordedAnswer recorded, RecordedAnswer live)
    {
        if (recorded.Status != live.Status)
        {
            yield return $"the status is {live.Status}, not {recorded.Status}";
        }

        var (before, now) = (JsonShape.Of(recorded.Body), JsonShape.Of(live.Body));
        foreach (var gone in before.Misses(now))
        {
            yield return gone;
        }

        foreach (var path in now.PathsUnknownTo(before))
        {
            yield return $"{path} is new";
        }
    }
}
