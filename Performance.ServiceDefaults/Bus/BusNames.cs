using Microsoft.Extensions.Configuration;

namespace Performance.ServiceDefaults.Bus;

/// <summary>Names of queues.</summary>
public static class BusNames
{
    /// <summary>The configured prefix with its dash, or nothing.</summary>
    public static string Prefix(IConfiguration configuration) =>
        configuration["Bus:Prefix"] is { Length: > 0 } prefix ? prefix + "-" : "";

    /// <summary>The queue in which a consuming service gets a feed, for example <c>scoring-tickets-feed</c>.</summary>
    public static string FeedQueue(IConfiguration configuration, string consumer, string feed) =>
        $"{Prefix(configuration)}{consumer}-{feed}-feed";

    /// <summary>The queue in which a feed's producer gets requests to send it again.</summary>
    public static string ReplayQueue(IConfiguration configuration, string feed) =>
        $"{Prefix(configuration)}{feed}-feed-replay";
}
