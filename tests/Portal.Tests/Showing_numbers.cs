using System.Text;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Show;

namespace Performance.Portal;

public sealed class Showing_numbers
{
    [Theory]
    [InlineData("82.85", "82.9")]
    [InlineData("82.84", "82.8")]
    [InlineData("-0.05", "-0.1")]
    [InlineData("1234.5", "1,234.5")]
    public void Rates_have_one_decimal_rounded_half_away_from_zero(string value, string shown) =>
        Assert.Equal(shown, Numbers.One(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Nothing_is_a_dash_and_never_zero() =>
        Assert.Equal(("–", "–"), (Numbers.One(null), Numbers.Percent(null)));

    [Theory]
    [InlineData(285340, "USD", "$285,340")]
    [InlineData(12.5, "EUR", "€12.50")]
    [InlineData(-3, "GBP", "−£3")]
    [InlineData(1500, "CHF", "1,500 CHF")]
    public void Money_is_shown_by_its_currency(decimal value, string currency, string shown) =>
        Assert.Equal(shown, Numbers.Money(value, currency));

    [Theory]
    [InlineData("20", "20", "at target")]
    [InlineData("19.99", "20", "near target")]
    [InlineData("15", "20", "near target")]
    [InlineData("14.99", "20", "below target")]
    [InlineData(null, "20", "no data")]
    [InlineData("3", null, "no data")]
    public void A_daily_average_is_green_from_the_target_and_amber_from_three_quarters_of_it(
        string? average, string? target, string word) =>
        Assert.Equal(word, Productivity.Of(Number(average), Number(target)).Words);

    [Fact]
    public void A_csv_cell_is_no_formula()
    {
        var text = Encoding.UTF8.GetString(Csv.Write([["=1+1", "@x", "-5", "a,b", "say \"hi\""]]).AsSpan(3));
        Assert.Equal("'=1+1,'@x,-5,\"a,b\",\"say \"\"hi\"\"\"\r\n", text);
    }

    [Fact]
    public void An_address_says_the_whole_view()
    {
        const string Uri =
            "http://x/dashboard?month=2026-10&type=&assignee=unassigned&sort=score&desc=true&page=2&panel=grade&of=all";
        var address = DashboardAddress.Parse(Uri);
        Assert.Equal(address.ToString(), DashboardAddress.Parse("http://x" + address).ToString());
        Assert.Equal([""], address.Filter.Types);
        Assert.Equal("/dashboard?month=2026-10&assignee=unassigned&type=", address.FilterKey);
    }

    [Fact]
    public void Rows_keep_their_place_new_ones_come_before_the_unassigned()
    {
        var order = new ScorecardOrder();
        ScorecardRow[] first = [Row("Ann", 3), Row("Bob", 5), Row(null, 9)];
        Assert.Equal(["Bob", "Ann", "Unassigned"], order.Apply(first, new("allocated", true), "f").Select(r => r.Name));
        ScorecardRow[] later = [Row("Ann", 8), Row("Bob", 5), Row("Cid", 9), Row(null, 9)];
        Assert.Equal(
            ["Bob", "Ann", "Cid", "Unassigned"], order.Apply(later, new("allocated", true), "f").Select(r => r.Name));
        Assert.True(order.IsOld);
        order.Renew();
        Assert.Equal(
            ["Cid", "Ann", "Bob", "Unassigned"], order.Apply(later, new("allocated", true), "f").Select(r => r.Name));
    }

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static ScorecardRow Row(string? name, long allocated) => new(
        name is null ? null : new Guid(name[0], 0, 0, new byte[8]), name ?? "Unassigned", allocated, 0, 0, 0, null,
            null, null,
        null, 0, 0, 0, 0, null, null, null, null, null, 0, null, null, null, null, null, null, null);
}
