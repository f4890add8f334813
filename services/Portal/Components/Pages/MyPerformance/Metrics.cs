using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.MyPerformance;

/// <summary>The four metrics in words.</summary>
public static class Metrics
{
    public static string Name(string metric) => metric switch
    {
        "payments" => "Payments collected",
        "services" => "Services raised",
        "complaints" => "Complaints registered",
        "calls" => "Total calls",
        _ => metric
    };

    public static string Icon(string metric) => metric switch
    {
        "payments" => "wallet",
        "services" => "wrench",
        "complaints" => "message-square-warning",
        _ => "phone"
    };

    public static string Value(string metric, string? currency, decimal value) =>
        metric == "payments" ? Numbers.Money(value, currency) : Numbers.Count(value);

    /// <summary>By achievement: a tone, and the word that always goes with it.</summary>
    public static (string Tone, string Word) Achievement(string? achievement) => achievement switch
    {
        "met" => ("good", "Goal met"),
        "near" => ("warn", "Close to goal"),
        "below" => ("bad", "Below goal"),
        _ => ("", "No goal set")
    };

    /// <summary>Per cent; where there was nothing before, "new".</summary>
    public static string Growth(decimal? percent, decimal value) => percent is { } p
        ? $"{Numbers.Change(p)} %"
        : value == 0 ? "no change" : "new";

    public static string Direction(decimal difference) => Math.Sign(difference) switch
    {
        1 => "up",
        -1 => "down",
        _ => "flat"
    };

    public static string Difference(decimal difference) => difference == 0
        ? "same"
        : (difference > 0 ? "+" : "−") + Numbers.One(Math.Abs(difference)).Replace(".0", "");

    public static string DriverName(string name) => name switch
    {
        "payments" => "Payments",
        "paymentsPerCall" => "Payments per call",
        "amountPerCall" => "Amount per call",
        "raised" => "Raised",
        "completed" => "Completed",
        "registered" => "Registered",
        "resolved" => "Resolved",
        "medianResolution" => "Time to resolution, median",
        "p90Resolution" => "Nine in ten within",
        "averageDuration" => "Average duration",
        "peakHour" => "Peak hour",
        _ => name
    };

    public static string DriverValue(MyDriver driver) => (driver.Value, driver.Name, driver.Unit) switch
    {
        (null, _, _) => Numbers.Dash,
        ({ } hour, "peakHour", _) => $"{hour:00}:00",
        ({ } ratio, "paymentsPerCall", _) => ratio.ToString("0.00"),
        ({ } seconds, _, "s") => $"{(int)seconds / 60} min {(int)seconds % 60:00} s",
        ({ } hours, _, "h") => $"{Numbers.One(hours)} h",
        ({ } amount, _, { } currency) => Numbers.Money(decimal.Round(amount, 2), currency),
        ({ } count, _, null) => Numbers.Count(count)
    };
}
