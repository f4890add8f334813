using System.Net;

namespace Performance.Tickets.Sync;

public sealed class A_run_is_planned
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private static readonly SyncSettings Settings = new(
        Guid.Empty, "https://api.clickup.com", "1", true, 15, "America/Los_Angeles", true, false, "admin", Now);

    private static readonly SyncRun Run = new(
        Guid.Empty, SyncRun.Full, Now, Settings.BaseAddress, "1", 1, 0, 0, "schedule", Now);

    [Theory]
    [InlineData("2026-11-22T09:00:00Z", "America/Los_Angeles", "2026-01-01T08:00:00Z")]
    // There it is still last year.
    [InlineData("2027-01-01T07:59:59Z", "America/Los_Angeles", "2026-01-01T08:00:00Z")]
    [InlineData("2027-01-01T08:00:00Z", "America/Los_Angeles", "2027-01-01T08:00:00Z")]
    [InlineData("2026-12-31T15:00:00Z", "Asia/Manila", "2026-01-01T00:00:00+08:00")]
    [InlineData("2026-12-31T16:00:00Z", "Asia/Manila", "2027-01-01T00:00:00+08:00")]
    public void The_first_one_asks_for_the_tasks_of_the_year_of_the_business_zone(string now, string zone, string year)
    {
        var next = SyncPlan.Next(
            Settings with { BusinessZone = zone }, new SyncPast(null, null, null), DateTimeOffset.Parse(now));
        Assert.Equal((SyncRun.Full, DateTimeOffset.Parse(year).AddMilliseconds(-1)), next);
    }

    [Fact]
    public void Later_ones_ask_for_what_was_updated_since_with_an_overlap_and_once_a_day_for_all()
    {
        var read = Now.AddHours(-1);
        var past = new SyncPast(Now.AddMinutes(-5), read, Now.AddHours(-23));
        Assert.Equal((SyncRun.Changes, read.AddMinutes(-10)), SyncPlan.Next(Settings, past, Now));
        Assert.Equal(SyncRun.Full, SyncPlan.Next(Settings, past with { LastFullRead = Now.AddDays(-1) }, Now).Kind);
    }

    [Fact]
    public void It_is_due_an_interval_after_the_last_one_began_whatever_became_of_it()
    {
        var past = new SyncPast(Now, null, null);
        Assert.False(SyncPlan.IsDue(Settings, past, Now.AddMinutes(15).AddTicks(-1)));
        Assert.True(SyncPlan.IsDue(Settings, past, Now.AddMinutes(15)));
        Assert.True(SyncPlan.IsDue(Settings, new SyncPast(null, null, null), Now));
        Assert.False(SyncPlan.IsDue(Settings with { Enabled = false }, new SyncPast(null, null, null), Now));
    }

    [Fact]
    public void Pages_are_read_again_until_a_pass_brings_nothing_and_a_single_page_is_not()
    {
        Assert.Null(Run.After(fresh: 40, isLast: true));
        var second = Run.After(100, isLast: false)!;
        Assert.Equal((1, 1, 100), (second.Pass, second.Page, second.Fresh));
        var again = second.After(3, isLast: true)!;
        Assert.Equal((2, 0, 0), (again.Pass, again.Page, again.Fresh));
        Assert.Null((again with { Page = 1 }).After(0, isLast: true));
        Assert.Equal(3, (again with { Page = 1, Fresh = 1 }).After(0, isLast: true)!.Pass);
        Assert.Null((again with { Pass = 3, Page = 1 }).After(5, isLast: true));
    }

    [Theory]
    [InlineData("X-RateLimit-Reset", 20, 20.25)]
    [InlineData("X-RateLimit-Reset", -5, 0.25)]
    [InlineData("X-RateLimit-Reset", 100_000, 120.25)]
    [InlineData("Retry-After", 7, 7.25)]
    [InlineData("X-Other", 7, 10.25)]
    public void A_limit_is_waited_out_as_it_says_and_no_longer_than_sensible(string header, int seconds, double wait)
    {
        using var limited = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        var value = header == "X-RateLimit-Reset" ? Now.AddSeconds(seconds).ToUnixTimeSeconds() : seconds;
        limited.Headers.TryAddWithoutValidation(header, value.ToString());
        Assert.Equal(TimeSpan.FromSeconds(wait), ClickUpPatience.WaitOf(limited, Now));
    }

    [Fact]
    public void Hours_on_hold_count_for_that_status_only_and_never_backwards()
    {
        var since = new StatusSince("On Hold", Now.AddHours(-30));
        Assert.Equal(30, since.Hours("on hold", Now));
        Assert.Null(since.Hours("review", Now));
        Assert.Null(since.Hours("on hold", Now.AddHours(-31)));
    }
}
