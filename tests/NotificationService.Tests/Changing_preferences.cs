using Performance.Notifications.Deliveries;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications;

public sealed class Changing_preferences
{
    private static readonly Guid Agent = Guid.NewGuid();

    [Fact]
    public void Is_an_event_where_something_differs()
    {
        var wanted = Read(new(false, "22:00", "07:00", "Europe/Berlin"));
        Assert.Equal([wanted], ChangePreferences.Decide(null, wanted));
        var state = DeliveryPreferences.Create(wanted);
        Assert.Equal(
            (false, new TimeOnly(22, 0), new TimeOnly(7, 0), "Europe/Berlin"),
            (state.Email, state.QuietFrom!.Value, state.QuietTo!.Value, state.TimeZone));
        Assert.Empty(ChangePreferences.Decide(state, wanted with { OccurredAt = Given.Now.AddDays(1) }));
    }

    [Fact]
    public void To_what_holds_anyway_is_none() =>
        Assert.Empty(ChangePreferences.Decide(null, Read(new(true, null, null, null))));

    [Theory]
    [InlineData(null, null, null, null, "email")]
    [InlineData(true, "22:00", null, null, "quietTo")]
    [InlineData(true, null, "07:00", null, "quietFrom")]
    [InlineData(true, "22:00", "22:00", null, "quietTo")]
    [InlineData(true, "24:00", "07:00", null, "quietFrom")]
    [InlineData(true, "22:00", "7", null, "quietTo")]
    [InlineData(true, null, null, "Mars/Olympus", "timeZone")]
    [InlineData(true, null, null, "../../etc/passwd", "timeZone")]
    [InlineData(true, null, null, "A\u0000B", "timeZone")]
    public void To_nonsense_is_refused_by_field(bool? email, string? from, string? to, string? zone, string field) =>
        Assert.Equal(
            field, Assert.Throws<InvalidFieldException>(() => Read(new(email, from, to, zone))).Field);

    private static PreferencesChanged Read(ChangePreferences.Body body) =>
        ChangePreferences.Read(Agent, body, Given.Now);
}
