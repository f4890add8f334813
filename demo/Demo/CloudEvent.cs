using System.Text.Json.Nodes;

namespace Performance.Demo;

/// <summary>An activity event as a telephony system would send it (CloudEvents 1.0).</summary>
internal sealed record CloudEvent(string Id, string Type, DateTimeOffset Time, JsonObject Data)
{
    private const string Source = "urn:performance:demo";

    public static CloudEvent Call(string id, Guid rep, DateTimeOffset at, int seconds, int waited) =>
        new(id, "call.handled", at, new JsonObject
        {
            ["repId"] = rep.ToString(), ["callId"] = id, ["startedAt"] = at.AddSeconds(-seconds),
            ["durationSec"] = seconds, ["waitSec"] = waited, ["outcome"] = "answered"
        });

    public static CloudEvent Payment(string id, Guid rep, DateTimeOffset at, decimal amount, string? call) =>
        new(id, "payment.collected", at, new JsonObject
        {
            ["repId"] = rep.ToString(), ["amount"] = amount, ["currency"] = "USD", ["callId"] = call
        });

    public static CloudEvent Service(string id, Guid rep, DateTimeOffset at, string type, bool completed) =>
        new(completed ? id + "-done" : id, completed ? "service.completed" : "service.raised", at, new JsonObject
        {
            ["repId"] = rep.ToString(), ["serviceId"] = id, ["serviceType"] = type
        });

    public static CloudEvent Complaint(string id, Guid rep, DateTimeOffset at, string category, bool resolved) =>
        new(resolved ? id + "-done" : id, resolved ? "complaint.resolved" : "complaint.registered", at, new JsonObject
        {
            ["repId"] = rep.ToString(), ["complaintId"] = id, ["category"] = category
        });

    public JsonObject ToJson() => new()
    {
        ["specversion"] = "1.0", ["id"] = Id, ["source"] = Source, ["type"] = Type, ["time"] = Time,
        ["datacontenttype"] = "application/json", ["data"] = Data.DeepClone()
    };
}
