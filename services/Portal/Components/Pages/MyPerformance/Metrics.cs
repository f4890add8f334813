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
}
