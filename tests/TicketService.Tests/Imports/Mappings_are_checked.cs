using Performance.Testing;
using static Performance.Tickets.Spec;

namespace Performance.Tickets.Imports;

public sealed class Mappings_are_checked
{
    private const string Rest = """
        "profile": "event-log", "source": "s", "ticketId": "id", "status": "st", "at": "t"
        """;

    [Fact]
    public void The_documented_example_is_one() =>
        Assert.Equal("servicenow", MappingJson.Read(TestData.ServiceNowMapping).Source);

    [Fact]
    public void It_is_remembered_as_it_was() => Assert.Equal(
        MappingJson.Write(MappingJson.Read(TestData.ServiceNowMapping)),
        MappingJson.Write(MappingJson.Stored(MappingJson.Write(MappingJson.Read(TestData.ServiceNowMapping)))));

    [Theory]
    [InlineData("mapping", "not json")]
    [InlineData("mapping", "null")]
    [InlineData("mapping", "[]")]
    [InlineData("mapping.profile", "{}")]
    [InlineData("mapping.profile", """{"profile":"excel"}""")]
    [InlineData("mapping.source", """{"profile":"event-log"}""")]
    [InlineData("mapping.source", """{"profile":"clickup","source":"portal"}""")]
    [InlineData("mapping.ticketId", """{"profile":"event-log","source":"s","status":"a","at":"b"}""")]
    [InlineData("mapping.status", """{"profile":"event-log","source":"s","ticketId":"a","at":"b"}""")]
    [InlineData("mapping.at", """{"profile":"event-log","source":"s","ticketId":"a","status":"b"}""")]
    [InlineData("mapping.ticketID2", """{"profile":"clickup","ticketID2":"x"}""")]
    [InlineData("mapping.status", """{"profile":"clickup","status":5}""")]
    [InlineData("mapping.status", """{"profile":"clickup","status":" "}""")]
    [InlineData("mapping.title", """{"profile":"clickup","title":"a\u0000b"}""")]
    [InlineData("mapping.multiAssigneeCredit", """{"profile":"clickup","multiAssigneeCredit":"Last"}""")]
    [InlineData("mapping.timeZone", "{" + Rest + ""","timeZone":"Mars/Olympus"}""")]
    [InlineData("mapping.dateFormat", "{" + Rest + ""","dateFormat":"HH:mm"}""")]
    [InlineData("mapping.dateFormat", "{" + Rest + ""","dateFormat":"%"}""")]
    [InlineData("mapping.sort", "{" + Rest + ""","sort":"line"}""")]
    [InlineData("mapping.order", "{" + Rest + ""","order":"n"}""")]
    [InlineData("mapping.sentBack.from", "{" + Rest + ""","sentBack":{"label":"x"}}""")]
    [InlineData("mapping.sentBack.label", "{" + Rest + ""","sentBack":{"from":["a"]}}""")]
    [InlineData("mapping.terminal", "{" + Rest + ""","terminal":[null]}""")]
    [InlineData("mapping.hold", "{" + Rest + ""","hold":[""]}""")]
    public void A_wrong_one_is_refused_by_its_field(string field, string json) =>
        RefusesField(field, () => MappingJson.Read(json));

    [Theory]
    [InlineData("31/12/2016 23:59", "2016-12-31T23:59:00Z", "UTC")]
    [InlineData("1/7/2016 12:00", "2016-07-01T10:00:00Z", "Europe/Paris")]
    [InlineData("30/10/2016 02:30", "2016-10-30T00:30:00Z", "Europe/Paris")]
    [InlineData("27/3/2016 02:30", "2016-03-27T01:30:00Z", "Europe/Paris")]
    public void Local_times_are_lenient_about_clock_changes(string text, string instant, string zone) => Assert.Equal(
        DateTimeOffset.Parse(instant),
        new InstantReader(new ImportMapping { DateFormat = "d/M/yyyy HH:mm", TimeZone = zone }).Read(text));

    [Theory]
    [InlineData("2026-01-31T09:30:00Z", true)]
    [InlineData("2026-01-31T09:30:00.123456+05:30", true)]
    [InlineData("2026-01-31 09:30:00+01:00", true)]
    [InlineData("2026-01-31T09:30:00", false)]
    [InlineData("1969-12-31T09:30:00Z", false)]
    [InlineData("31/1/2026", false)]
    [InlineData("", false)]
    public void Without_a_format_it_is_ISO_8601_with_offset(string text, bool isOne) =>
        Assert.Equal(isOne, new InstantReader(new ImportMapping()).Read(text) is not null);
}
