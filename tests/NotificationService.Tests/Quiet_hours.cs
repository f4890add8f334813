using FsCheck;
using FsCheck.Fluent;
using Performance.Notifications.Deliveries;

namespace Performance.Notifications;

public sealed class Quiet_hours
{
    [Theory]
    [InlineData("22:00", "07:00", "UTC", "2026-03-02T21:59:59Z", null)]
    [InlineData("22:00", "07:00", "UTC", "2026-03-02T22:00:00Z", "2026-03-03T07:00:00Z")]
    [InlineData("22:00", "07:00", "UTC", "2026-03-03T03:00:00Z", "2026-03-03T07:00:00Z")]
    [InlineData("22:00", "07:00", "UTC", "2026-03-03T07:00:00Z", null)]
    [InlineData("12:00", "13:00", "UTC", "2026-03-03T12:30:00Z", "2026-03-03T13:00:00Z")]
    [InlineData("12:00", "13:00", "UTC", "2026-03-03T11:00:00Z", null)]
    [InlineData("22:00", "07:00", null, "2026-01-15T08:00:00Z", "2026-01-15T15:00:00Z")]
    [InlineData("22:00", "07:00", "America/Los_Angeles", "2026-07-15T08:00:00Z", "2026-07-15T14:00:00Z")]
    [InlineData("22:00", "07:00", "Asia/Kolkata", "2026-03-02T17:00:00Z", "2026-03-03T01:30:00Z")]
    [InlineData("22:00", "02:30", "America/Los_Angeles", "2026-03-08T09:00:00Z", "2026-03-08T10:30:00Z")]
    [InlineData("22:00", "07:00", "America/Los_Angeles", "2026-11-01T08:30:00Z", "2026-11-01T15:00:00Z")]
    public void End_at_the_local_time_that_the_person_chose(
        string from, string to, string? zone, string now, string? until)
    {
        var preferences = Preferences(from, to, zone);
        Assert.Equal(
            until is null ? null : DateTimeOffset.Parse(until, null),
            preferences.QuietUntil(DateTimeOffset.Parse(now, null)));
    }

    [Fact]
    public void Are_none_unless_chosen() => Assert.Null(DeliveryPreferences.Usual.QuietUntil(Given.Now));

    [Fact]
    public void Always_end_after_now_within_a_day_and_an_hour() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte From, byte To, uint Second)>(),
        x =>
        {
            var preferences = Preferences($"{x.From % 24:00}:15", $"{x.To % 24:00}:15", "America/Los_Angeles");
            var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(x.Second % (366 * 86_400));
            return preferences.QuietUntil(now) is not { } until
                || (until > now && until - now <= TimeSpan.FromHours(25));
        }).QuickCheckThrowOnFailure();

    private static DeliveryPreferences Preferences(string from, string to, string? zone) =>
        DeliveryPreferences.Usual with
        {
            QuietFrom = TimeOnly.Parse(from, null), QuietTo = TimeOnly.Parse(to, null), TimeZone = zone
        };
}
