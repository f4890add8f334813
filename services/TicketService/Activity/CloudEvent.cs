using System.Text.Json;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Activity;

/// <summary>A CloudEvent that was understood: its identity, and the event to store.</summary>
internal sealed record CloudEvent(string Source, string Id, object Event)
{
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads an event in JSON format.</summary>
    /// <exception cref="InvalidFieldException">It is not one, or not one of ours.</exception>
    public static CloudEvent Read(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidFieldException("event", "is no JSON object");
        }

        var fields = new JsonFields(json, "");
        if (fields.OptionalText("datacontenttype") is { } type && !IsJson(type))
        {
            throw fields.Wrong("datacontenttype", "is not JSON");
        }

        return json.TryGetProperty("data", out var data)
            ? Read(fields, data, now)
            : throw fields.Wrong("data", "is missing");
    }

    /// <summary>Reads an event whose attributes and data come apart, as in binary mode.</summary>
    public static CloudEvent Read(JsonFields attributes, JsonElement data, DateTimeOffset now)
    {
        if (attributes.Text("specversion") != "1.0")
        {
            throw attributes.Wrong("specversion", "is not 1.0");
        }

        var id = attributes.Text("id");
        var source = attributes.Text("source");
        var type = attributes.Text("type");
        var at = attributes.Instant("time");
        if (at > now + LongestAhead || at < Earliest)
        {
            throw attributes.Wrong("time", "lies more than a day ahead, or before the year 2000");
        }

        return data.ValueKind == JsonValueKind.Object
            ? new CloudEvent(source, id, Data(attributes, type, new JsonFields(data, "data."), at))
            : throw attributes.Wrong("data", "is no JSON object");
    }

    public static bool IsJson(string contentType)
    {
        var media = contentType.Split(';')[0].Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static object Data(JsonFields attributes, string type, JsonFields data, DateTimeOffset at) => type switch
    {
        "call.handled" => new CallHandled(
            data.Id("repId"), data.Text("callId"), data.Instant("startedAt"), data.Seconds("durationSec"),
            data.OptionalSeconds("waitSec"), data.OptionalText("outcome"), at),
        "payment.collected" => new PaymentCollected(
            data.Id("repId"), data.Amount("amount"), data.Currency("currency"), data.OptionalText("callId"), at),
        "service.raised" => new ServiceRaised(
            data.Id("repId"), data.Text("serviceId"), data.Text("serviceType"), at),
        "service.completed" => new ServiceCompleted(
            data.Id("repId"), data.Text("serviceId"), data.Text("serviceType"), at),
        "complaint.registered" => new ComplaintRegistered(
            data.Id("repId"), data.Text("complaintId"), data.Text("category"), at),
        "complaint.resolved" => new ComplaintResolved(
            data.Id("repId"), data.Text("complaintId"), data.Text("category"), at),
        _ => throw attributes.Wrong("type", "is none of the activity types")
    };
}
