using Performance.Scoring.Scorecards;

namespace Performance.Scoring;

/// <summary>
/// Months in short: a failed first-pass rate, a full score (<c>s90</c>), - where nothing was processed, . without a
/// ticket.
/// </summary>
public sealed class TheDecliningTrend
{
    [Theory]
    [InlineData("1 2 3 4", "2024-02")]
    [InlineData("1 2 3 4 5", "2024-02")]
    [InlineData("5 1 2 3 4", "2024-03")]
    [InlineData("s95 s94 s93 s80", "2024-02")]
    public void Three_falls_in_a_row_are_one_since_the_first_of_them(string months, string since) =>
        Assert.Equal(new Trend(true, since), Of(months));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1 2 3")]
    [InlineData("s95 s94 s93")]
    [InlineData("4 3 2 1")]
    [InlineData("s80 s85 s90 s95")]
    public void Two_falls_or_a_rise_are_none(string months) => Assert.Equal(Trend.None, Of(months));

    [Theory]
    [InlineData("1 2 2 3")]
    [InlineData("1 2 3 3 4")]
    [InlineData("s95 s94 s94 s93")]
    [InlineData("1 2.01 2.04 3")]
    public void A_month_that_shows_the_same_is_no_fall_and_begins_anew(string months) =>
        Assert.Equal(Trend.None, Of(months));

    [Fact]
    public void Who_has_recovered_in_the_latest_month_declines_no_more() =>
        Assert.Equal(Trend.None, Of("1 2 3 4 3.9"));

    [Theory]
    [InlineData("1 . 2 3 4", "2024-03")]
    [InlineData("1 2 . . 3 . 4 .", "2024-02")]
    [InlineData("1 2 - 3 4 -", "2024-02")]
    public void A_month_without_tickets_or_with_none_processed_is_passed_over(string months, string since) =>
        Assert.Equal(new Trend(true, since), Of(months));

    [Fact]
    public void A_score_that_is_not_measured_in_full_is_not_compared_but_the_rate_is()
    {
        HistoryMonth[] months =
        [
            Month(1, 1m, 99m, "A"), Month(2, 2m, 89m, null), Month(3, 3m, 97m, "A"), Month(4, 4m, 96m, "A")
        ];
        Assert.Equal(new Trend(true, "2024-02"), Trend.Of(months));
        Assert.Equal(Trend.None, Trend.Of([.. months[..3], Month(4, 4m, 98m, "A")]));
    }

    [Fact]
    public void Months_that_share_no_measure_break_it() =>
        Assert.Equal(Trend.None, Trend.Of(
            [Month(1, 1m, 0, null), Month(2, 2m, 0, null), Month(3, null, 50m, "D"), Month(4, 4m, 40m, "D")]));

    private static Trend Of(string months) => Trend.Of(
        months.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index().Where(m => m.Item != ".").Select(m =>
            m.Item == "-" ? Month(m.Index + 1, null, 60m, null)
            : m.Item[0] == 's' ? Month(m.Index + 1, 0m, Number(m.Item[1..]), "B")
            : Month(m.Index + 1, Number(m.Item), 60m, null)));

    private static decimal Number(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static HistoryMonth Month(int month, decimal? failed, decimal score, string? band) =>
        new($"2024-{month:00}", 10, "B", "B", null, failed, null, score, band is null ? 90m : 100m, band, 0);
}
