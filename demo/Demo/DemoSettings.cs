using Microsoft.Extensions.Configuration;
using Performance.ServiceDefaults;

namespace Performance.Demo;

/// <summary>What can be set; each from configuration, so from the environment too.</summary>
/// <param name="Gateway">Base address of the gateway: <c>Demo:Gateway</c>, else by service discovery.</param>
/// <param name="AdminPassword"><c>PERFORMANCE_ADMIN_PASSWORD</c>.</param>
/// <param name="DemoPassword"><c>PERFORMANCE_DEMO_PASSWORD</c>: of every demo sign-in.</param>
/// <param name="HistoryMonths"><c>Demo:HistoryMonths</c>: how far back the activity goes.</param>
/// <param name="HistoryPerSecond"><c>Demo:HistoryPerSecond</c>: events a second while it is loaded.</param>
/// <param name="CallsPerMinute"><c>Demo:CallsPerMinute</c>: of all reps together, live; 0 switches it off.</param>
/// <param name="TicketEverySeconds"><c>Demo:TicketEverySeconds</c>: how often a ticket moves; 0 never.</param>
/// <param name="TimeZone"><c>Demo:TimeZone</c>: where the reps work.</param>
internal sealed record DemoSettings(
    Uri Gateway,
    string AdminPassword,
    string DemoPassword,
    int HistoryMonths,
    int HistoryPerSecond,
    double CallsPerMinute,
    double TicketEverySeconds,
    TimeZoneInfo TimeZone)
{
    public static DemoSettings From(IConfiguration configuration) => new(
        new Uri((configuration["Demo:Gateway"] ?? ServiceAddress.Of(configuration, "gateway")) + "/"),
        Required(configuration, "PERFORMANCE_ADMIN_PASSWORD"),
        Required(configuration, "PERFORMANCE_DEMO_PASSWORD"),
        configuration.GetValue("Demo:HistoryMonths", 14),
        configuration.GetValue("Demo:HistoryPerSecond", 2_000),
        configuration.GetValue("Demo:CallsPerMinute", 20.0),
        configuration.GetValue("Demo:TicketEverySeconds", 15.0),
        TimeZoneInfo.FindSystemTimeZoneById(configuration["Demo:TimeZone"] ?? "America/Los_Angeles"));

    private static string Required(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set; ./run --demo sets it.");
}
