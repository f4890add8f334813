using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Small pieces of pages. A colour never stands alone: a sign and a word come with it.</summary>
internal static class Signs
{
    public static Html State(ProcessView p)
    {
        var (tone, sign) = p.State switch
        {
            "Running" or "Active" => ("good", "●"),
            "Starting" or "Waiting" or "Stopping" => ("warn", "◐"),
            "Exited" or "FailedToStart" or "RuntimeUnhealthy" => ("bad", "■"),
            _ => ("calm", "○"),
        };
        var word = p.State switch { "FailedToStart" => "Failed to start", "NotStarted" => "Not started", var s => s };
        var code = p is { IsOver: true, ExitCode: { } exit } ? $" ({exit})" : "";
        return Mark(tone, sign, word + code);
    }

    public static Html Health(ProcessView p) => p.Health switch
    {
        null => Html.None,
        HealthStatus.Healthy => Mark("good", "✓", "Healthy"),
        HealthStatus.Degraded => Mark("warn", "!", "Degraded"),
        _ => Mark("bad", "✗", "Unhealthy"),
    };

    public static Html Check(HealthStatus? status) => status switch
    {
        null => Mark("calm", "…", "Not run yet"),
        HealthStatus.Healthy => Mark("good", "✓", "Healthy"),
        HealthStatus.Degraded => Mark("warn", "!", "Degraded"),
        _ => Mark("bad", "✗", "Unhealthy"),
    };

    public static Html Time(DateTime? at) => at is not { } time ? Html.None : Html.Of($"""
        <time datetime="{time.ToString("O")}" title="{time.ToString("yyyy-MM-dd HH:mm:ss")} UTC">{
        time.ToLocalTime().ToString("HH:mm:ss")}</time>
        """);

    public static Html Address(UrlSnapshot url, bool answers) =>
        answers && url.Url.StartsWith("http", StringComparison.Ordinal)
            ? Html.Of($"""<a class="address" href="{url.Url}" rel="noreferrer" target="_blank">{url.Url}</a> """)
            : Html.Of($"""<span class="address">{url.Url}</span> """);

    public static Html Commands(ProcessView p) => !p.HasProcess ? Html.None
        : p.IsOver ? Command(p, "start", "Start")
        : Html.Of($"{Command(p, "restart", "Restart")}{Command(p, "stop", "Stop")}");

    private static Html Command(ProcessView p, string command, string word) => Html.Of($"""
        <button type="button" data-command="{command}" data-id="{p.Id}" data-name="{p.Name}" aria-label="{
        word} {p.Name}">{word}</button>
        """);

    private static Html Mark(string tone, string sign, string word) => Html.Of($"""
        <span class="mark {tone}"><span aria-hidden="true">{sign}</span> {word}</span>
        """);
}
