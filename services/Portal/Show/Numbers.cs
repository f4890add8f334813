using System.Globalization;

namespace Performance.Portal.Show;

/// <summary>Numbers as screens show them.</summary>
public static class Numbers
{
    public const string Dash = "–";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static string Count(decimal value) => value.ToString("#,0.##", English);

    /// <summary>One decimal, half away from zero: the value that bands compare.</summary>
    public static string One(decimal? value) => value is { } v
        ? decimal.Round(v, 1, MidpointRounding.AwayFromZero).ToString("#,0.0", English)
        : Dash;

    public static string Percent(decimal? value) => value is null ? Dash : One(value) + " %";

    /// <summary>With its sign; a true minus.</summary>
    public static string Change(decimal value) =>
        (value > 0 ? "+" : value < 0 ? "−" : "") + decimal.Round(Math.Abs(value), 1).ToString("#,0.#", English);

    /// <summary>Money by its currency: <c>$285,340</c>; cents only where there are some.</summary>
    public static string Money(decimal value, string? currency)
    {
        var (before, after, decimals) = currency switch
        {
            "USD" => ("$", "", 2), "GBP" => ("£", "", 2), "EUR" => ("€", "", 2), "JPY" => ("¥", "", 0),
            "INR" => ("₹", "", 2), "CAD" => ("CA$", "", 2), "AUD" => ("A$", "", 2), "PHP" => ("₱", "", 2),
            null or "" => ("", "", 2),
            _ => ("", " " + currency, 2)
        };
        var format = decimal.Truncate(value) == value || decimals == 0 ? "#,0" : "#,0.00";
        return (value < 0 ? "−" : "") + before + Math.Abs(value).ToString(format, English) + after;
    }
}
