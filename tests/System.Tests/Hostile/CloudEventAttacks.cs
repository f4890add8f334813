using System.Text.Json.Nodes;
using Performance.Testing.Running;

namespace Performance.SystemTests.Hostile;

/// <summary>CloudEvents that no rep's activity may come of.</summary>
internal static class CloudEventAttacks
{
    private const string Path = "/api/activity";
    private const string Structured = "application/cloudevents+json";
    private const string Batched = "application/cloudevents-batch+json";

    private static readonly DateTimeOffset Then = new(2025, 6, 3, 18, 0, 0, TimeSpan.Zero);

    /// <summary>Single events that are refused with 400 and the field.</summary>
    public static IEnumerable<Attack> Single(Guid rep)
    {
        foreach (var (name, spoiled, field) in Spoiled(rep))
        {
            yield return new Attack(
                "event with " + name, HttpMethod.Post, Path, () => Attack.Text(spoiled, Structured), field);
        }

        foreach (var (name, document) in Values.NoDocument)
        {
            yield return new Attack(
                "event that is " + name, HttpMethod.Post, Path, () => Attack.Text(document, Structured));
            // An empty list is a batch of nothing.
            yield return new Attack(
                "batch that is " + name, HttpMethod.Post, Path, () => Attack.Text(document, Batched),
                name == "a list" ? null : "");
        }

        foreach (var type in (string[])["text/plain", "application/xml", "application/cloudevents+avro", "image/png"])
        {
            yield return new Attack(
                "event as " + type, HttpMethod.Post, Path, () => Attack.Text(Good(rep).ToJsonString(), type));
        }
    }

    /// <summary>The same events as elements of a batch: each is named in the answer, and none is taken.</summary>
    public static IReadOnlyList<(string Name, string Json)> Elements(Guid rep) =>
    [
        .. Spoiled(rep).Where(s => s.Field is not null).Select(s => (s.Name, s.Json)),
        ("a number", "5"), ("null", "null"), ("a text", "\"event\""), ("a list", "[]"), ("nothing in it", "{}")
    ];

    private static JsonObject Good(Guid rep) => RepActivity.Payment("hostile", rep, Then, 5);

    private static IEnumerable<(string Name, string Json, string? Field)> Spoiled(Guid rep)
    {
        foreach (var member in (string[])["id", "source", "type", "specversion", "time", "data"])
        {
            yield return Without(member);
        }

        foreach (var (name, json) in Values.NoText.Concat([("empty", "\"\"")]))
        {
            yield return With("id", name, json);
            yield return With("source", name, json);
            yield return With("type", name, json);
        }

        foreach (var (name, json) in Values.NoInstant)
        {
            yield return With("time", name, json);
        }

        foreach (var (name, json) in Values.NoId)
        {
            yield return InData(Good(rep), "repId", name, json);
        }

        foreach (var (name, json) in ((string, string)[])
            [("negative", "-5"), ("a word", "\"much\""), ("an object", "{}"), ("1e400", "1e400"), ("null", "null"),
                ("NaN", "\"NaN\""), ("40 digits", new string('9', 40))])
        {
            yield return InData(Good(rep), "amount", name, json);
        }

        foreach (var (name, json) in ((string, string)[])
            [("small letters", "\"usd\""), ("a sign", "\"$\""), ("four letters", "\"USDX\""), ("a number", "840"),
                ("null", "null"), ("NUL", "\"US\\u0000\"")])
        {
            yield return InData(Good(rep), "currency", name, json);
        }

        foreach (var (name, json) in ((string, string)[])
            [("negative", "-1"), ("a word", "\"long\""), ("a fraction", "1.5"), ("huge", "99999999999999")])
        {
            yield return InData(RepActivity.Call("hostile", rep, Then), "durationSec", name, json);
        }

        yield return InData(RepActivity.Call("hostile", rep, Then), "callId", "null", "null");
        yield return InData(RepActivity.Service("hostile", rep, Then), "serviceId", "a number", "7");
        yield return InData(RepActivity.Complaint("hostile", rep, Then), "complaintId", "NUL", "\"\\u0000\"");
        yield return With("specversion", "an old one", "\"0.3\"");
        yield return With("type", "an unknown one", "\"payment.stolen\"");
        yield return With("data", "a text", "\"x\"");
        yield return With("data", "a list", "[]");
        yield return With("data", "null", "null");

        (string, string, string?) Without(string member)
        {
            var spoiled = Good(rep);
            spoiled.Remove(member);
            return ("no " + member, spoiled.ToJsonString(), member);
        }

        (string, string, string?) With(string member, string name, string json) =>
            ($"{member}: {name}", Replace(Good(rep), member, json), member);

        (string, string, string?) InData(JsonObject good, string member, string name, string json)
        {
            var spoiled = (JsonObject)good.DeepClone();
            spoiled["data"]![member] = "@@";
            return ($"data.{member}: {name}", spoiled.ToJsonString().Replace("\"@@\"", json), member);
        }
    }

    private static string Replace(JsonObject good, string member, string json)
    {
        good[member] = "@@";
        return good.ToJsonString().Replace("\"@@\"", json);
    }
}
