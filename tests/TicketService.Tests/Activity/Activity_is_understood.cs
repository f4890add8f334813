using System.Text.Json;
using System.Text.Json.Nodes;
using static Performance.Tickets.Spec;

namespace Performance.Tickets.Activity;

public sealed class Activity_is_understood
{
    private const string Payment = """{"amount":1,"currency":"USD"}""";
    private const string Call = """{"callId":"c","startedAt":"2026-03-20T10:00:00-07:00","durationSec":61}""";

    [Theory]
    [InlineData("call.handled", Call)]
    [InlineData("payment.collected", """{"amount":"12.50","currency":"USD"}""")]
    [InlineData("payment.collected", """{"amount":12.5,"currency":"EUR","callId":"c"}""")]
    [InlineData("service.raised", """{"serviceId":"s","serviceType":"t"}""")]
    [InlineData("service.completed", """{"serviceId":"s","serviceType":"t"}""")]
    [InlineData("complaint.registered", """{"complaintId":"s","category":"t"}""")]
    [InlineData("complaint.resolved", """{"complaintId":"s","category":"t","more":[1]}""")]
    public void Of_six_types(string type, string data)
    {
        var read = CloudEvent.Read(Event(type, data), Now);
        Assert.Equal(("tests", "1"), (read.Source, read.Id));
        Assert.Contains(Ann.ToString(), JsonSerializer.Serialize(read.Event, read.Event.GetType()));
    }

    [Fact]
    public void With_every_member_where_it_belongs() => Assert.Equal(
        new CallHandled(Ann, "c", DateTimeOffset.Parse("2026-03-20T17:00:00Z"), 61, 3, "sold", Now.AddHours(-1)),
        CloudEvent.Read(
            Event("call.handled", Call.Replace("}", ""","waitSec":3,"outcome":"sold"}""")), Now).Event);

    [Theory]
    [InlineData("specversion", "\"0.3\"")]
    [InlineData("specversion", null)]
    [InlineData("id", "\"\"")]
    [InlineData("id", "7")]
    [InlineData("id", null)]
    [InlineData("source", null)]
    [InlineData("source", "\"a\\u0000b\"")]
    [InlineData("type", "\"payment.stolen\"")]
    [InlineData("time", null)]
    [InlineData("time", "\"2026-03-20T10:00:00\"")]
    [InlineData("time", "\"20.3.2026\"")]
    [InlineData("time", "\"2027-03-20T10:00:00Z\"")]
    [InlineData("time", "\"1999-12-31T23:59:59Z\"")]
    [InlineData("datacontenttype", "\"text/xml\"")]
    [InlineData("data", "[]")]
    [InlineData("data", "null")]
    [InlineData("data", null)]
    public void A_wrong_attribute_is_named(string name, string? value) => RefusesField(
        name, () => CloudEvent.Read(Change(Event("payment.collected", Payment), name, value), Now));

    [Theory]
    [InlineData("amount", "0")]
    [InlineData("amount", "-1")]
    [InlineData("amount", "\"-1\"")]
    [InlineData("amount", "1e400")]
    [InlineData("amount", "1000000001")]
    [InlineData("amount", "0.00001")]
    [InlineData("amount", "\"1,000.00\"")]
    [InlineData("amount", "\"NaN\"")]
    [InlineData("amount", "true")]
    [InlineData("amount", null)]
    [InlineData("currency", "\"usd\"")]
    [InlineData("currency", "\"XXX\"")]
    [InlineData("currency", null)]
    [InlineData("repId", "\"ann\"")]
    [InlineData("repId", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("repId", null)]
    [InlineData("callId", "\"\\ud800\"")]
    public void A_wrong_member_of_a_payment_is_named(string name, string? value) =>
        RefusesData("payment.collected", Payment, name, value);

    [Theory]
    [InlineData("durationSec", "-1")]
    [InlineData("durationSec", "1.5")]
    [InlineData("durationSec", "99999999999")]
    [InlineData("durationSec", "\"60\"")]
    [InlineData("durationSec", null)]
    [InlineData("waitSec", "-1")]
    [InlineData("startedAt", "\"now\"")]
    [InlineData("callId", null)]
    public void A_wrong_member_of_a_call_is_named(string name, string? value) =>
        RefusesData("call.handled", Call, name, value);

    [Fact]
    public void A_batch_takes_the_good_ones_once_and_answers_the_bad_ones()
    {
        var good = Event("payment.collected", Payment).GetRawText();
        var other = Change(Parse(good), "id", "\"2\"").GetRawText();
        var batch = ActivityBatch.Read(
            Parse($$"""[{{good}}, {{good}}, 5, {"id":"bad","specversion":"1.0"}, {{other}}]"""), Now);
        Assert.Equal(["1", "2"], batch.Events.Select(e => e.Id));
        Assert.Equal(1, batch.Repeats);
        Assert.Equal([(2, null), (3, "bad")], batch.Rejected.Select(r => (r.Index, r.Id)));
    }

    private static void RefusesData(string type, string data, string name, string? value)
    {
        var json = Event(type, data);
        var changed = Change(json.GetProperty("data"), name, value).GetRawText();
        RefusesField("data." + name, () => CloudEvent.Read(Change(json, "data", changed), Now));
    }

    private static JsonElement Event(string type, string data)
    {
        var members = JsonNode.Parse(data)!.AsObject();
        members["repId"] = Ann.ToString();
        return Parse($$"""
            {"specversion":"1.0","id":"1","source":"tests","type":"{{type}}",
             "time":"{{Now.AddHours(-1):O}}","data":{{members.ToJsonString()}}}
            """);
    }

    private static JsonElement Change(JsonElement json, string name, string? value)
    {
        var members = JsonNode.Parse(json.GetRawText())!.AsObject();
        members.Remove(name);
        var rest = members.ToJsonString()[1..];
        return Parse(value is null ? "{" + rest : $$"""{"{{name}}":{{value}},{{rest}}""");
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
