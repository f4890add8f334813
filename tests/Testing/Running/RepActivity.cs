using System.Net;
using System.Text.Json.Nodes;

namespace Performance.Testing.Running;

/// <summary>Activity events of reps, as a telephony system would post them.</summary>
public static class RepActivity
{
    /// <summary>One CloudEvent.</summary>
    public static JsonObject Event(string id, string type, DateTimeOffset time, JsonObject data) => new()
    {
        ["specversion"] = "1.0", ["id"] = id, ["source"] = "urn:performance:test", ["type"] = type,
        ["time"] = time.ToString("O"), ["datacontenttype"] = "application/json", ["data"] = data
    };

    public static JsonObject Call(string id, Guid rep, DateTimeOffset time, int seconds = 180) =>
        Event(id, "call.handled", time, new JsonObject
        {
            ["repId"] = rep, ["callId"] = id, ["startedAt"] = time.AddSeconds(-seconds).ToString("O"),
            ["durationSec"] = seconds
        });

    public static JsonObject Payment(
        string id, Guid rep, DateTimeOffset time, decimal amount, string currency = "USD") =>
        Event(id, "payment.collected", time, new JsonObject
        {
            ["repId"] = rep, ["amount"] = amount, ["currency"] = currency
        });

    public static JsonObject Service(string id, Guid rep, DateTimeOffset time, string type = "Outage report") =>
        Event(id, "service.raised", time, new JsonObject
        {
            ["repId"] = rep, ["serviceId"] = id, ["serviceType"] = type
        });

    public static JsonObject Complaint(string id, Guid rep, DateTimeOffset time, string category = "Billing") =>
        Event(id, "complaint.registered", time, new JsonObject
        {
            ["repId"] = rep, ["complaintId"] = id, ["category"] = category
        });

    /// <summary>The n-th event of a mix in which every kind occurs; ids follow from the prefix and n.</summary>
    public static JsonObject Mixed(string prefix, int n, Guid rep, DateTimeOffset time) => (n % 4) switch
    {
        0 => Call($"{prefix}-{n}", rep, time),
        1 => Payment($"{prefix}-{n}", rep, time, 1 + (n % 50)),
        2 => Service($"{prefix}-{n}", rep, time),
        _ => Complaint($"{prefix}-{n}", rep, time)
    };

    /// <summary>Posts a batch once; the answer as it comes.</summary>
    public static Task<HttpResponseMessage> PostAsync(this Api integration, IEnumerable<JsonObject> events) =>
        integration.CallAsync(HttpMethod.Post, "/api/activity", new StringContent(
            new JsonArray([.. events]).ToJsonString(), System.Text.Encoding.UTF8,
            "application/cloudevents-batch+json"));

    /// <summary>
    /// Posts a batch until it is acknowledged, as an at-least-once sender does: whatever breaks on the way, the same
    /// events go out again.
    /// </summary>
    /// <returns>The acknowledgement.</returns>
    public static Task<JsonNode> PostUntilAcknowledgedAsync(
        this Api integration, IReadOnlyList<JsonObject> events, TimeSpan? timeout = null) => Eventually.ValueAsync(
        async () =>
        {
            var response = await integration.PostAsync(events.Select(e => (JsonObject)e.DeepClone()));
            return response.StatusCode == HttpStatusCode.Accepted
                ? JsonNode.Parse(await response.Content.ReadAsStringAsync())!
                : throw new HttpRequestException($"{(int)response.StatusCode}", null, response.StatusCode);
        },
        _ => true,
        timeout ?? TimeSpan.FromMinutes(3),
        "an acknowledgement");
}
