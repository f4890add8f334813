using System.Text.Json;
using Performance.Coaching.Attendance;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching;

public sealed class Recording_attendance
{
    private static readonly Guid Agent = Guid.NewGuid();
    private static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public void The_first_record_of_a_month_is_an_event() =>
        Assert.Equal([Recorded(92.5m)], When(Given.Attendance(), 92.5m));

    [Fact]
    public void The_same_again_is_none() => Assert.Empty(When(Given.Attendance(Recorded(92.5m)), 92.5m));

    [Fact]
    public void Another_figure_is_an_event() =>
        Assert.Equal([Recorded(70)], When(Given.Attendance(Recorded(92.5m)), 70));

    [Fact]
    public void Null_takes_the_record_back() =>
        Assert.Equal([Recorded(null)], When(Given.Attendance(Recorded(92.5m)), null));

    [Fact]
    public void Null_where_nothing_is_recorded_is_none()
    {
        Assert.Empty(When(Given.Attendance(), null));
        Assert.Empty(When(Given.Attendance(Recorded(50), Recorded(null)), null));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100", 100)]
    [InlineData("92.5", 92.5)]
    [InlineData("95.0", 95)]
    [InlineData("9.5e1", 95)]
    public void A_percentage_with_one_decimal_is_read(string json, double percent) =>
        Assert.Equal((decimal)percent, RecordAttendance.Percent(JsonDocument.Parse(json).RootElement));

    [Theory]
    [InlineData("-0.1")]
    [InlineData("100.1")]
    [InlineData("92.55")]
    [InlineData("1e400")]
    [InlineData("\"92\"")]
    [InlineData("true")]
    [InlineData("[92]")]
    public void Anything_else_is_refused(string json) => Assert.Equal("percent", Assert.Throws<InvalidFieldException>(
        () => RecordAttendance.Percent(JsonDocument.Parse(json).RootElement)).Field);

    [Fact]
    public void A_missing_percentage_is_refused_and_does_not_take_back() =>
        Assert.Throws<InvalidFieldException>(() => RecordAttendance.Percent(default));

    [Fact]
    public void Of_merged_records_the_kept_ones_month_goes_first()
    {
        var merged = Guid.NewGuid();
        var rows = ReadAttendance.Rows(
            [
                AttendanceMonth.Create(new AttendanceRecorded(merged, March, 60, "s", Given.Now)),
                AttendanceMonth.Create(Recorded(90)),
                AttendanceMonth.Create(new AttendanceRecorded(merged, March.AddMonths(1), 70, "s", Given.Now))
            ],
            [Agent, merged]);
        Assert.Equal([("2026-03", 90m), ("2026-04", 70m)], rows.Select(r => (r.Month, r.Percent)));
    }

    [Fact]
    public void A_range_is_the_last_twelve_months_unless_told()
    {
        var months = ReadAttendance.Months(null, null, new DateOnly(2026, 3, 15));
        Assert.Equal((12, new DateOnly(2025, 4, 1), March), (months.Count, months[0], months[^1]));
        Assert.Throws<InvalidFieldException>(() => ReadAttendance.Months("2026-04", "2026-03", March));
        Assert.Throws<InvalidFieldException>(() => ReadAttendance.Months("1990-01", "2026-03", March));
    }

    private static IReadOnlyList<object> When(AttendanceMonth? state, decimal? percent) =>
        RecordAttendance.Decide(state, Agent, March, percent, "supervisor", Given.Now);

    private static AttendanceRecorded Recorded(decimal? percent) =>
        new(Agent, March, percent, "supervisor", Given.Now);
}
