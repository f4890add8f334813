using System.Text.Json.Nodes;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests;

/// <summary>Reads numbers off the scorecard.</summary>
internal static class Counts
{
    /// <summary>The scorecard, not before it has seen what a command answered.</summary>
    public static Task<JsonNode> ScorecardAsync(this Api api, string filters = "") =>
        api.GetAsync("/api/scoring/scorecard" + (filters.Length > 0 ? "?" + filters : ""));

    /// <summary>A count of a row, of the KPI cards, or of an import.</summary>
    public static int Int(this JsonNode node, string name) => node[name]!.GetValue<int>();

    public static decimal? Decimal(this JsonNode node, string name) => node[name]?.GetValue<decimal>();

    public static string? Text(this JsonNode node, string name) => node[name]?.GetValue<string>();

    public static Guid? AgentId(this JsonNode row) => row["agentId"]?.GetValue<Guid>();

    public static IEnumerable<JsonNode> Rows(this JsonNode scorecard) =>
        scorecard["agents"]!.AsArray().Select(row => row!);

    public static JsonNode? RowOf(this JsonNode scorecard, Guid? agent) =>
        scorecard.Rows().SingleOrDefault(row => row.AgentId() == agent);

    /// <summary>Waits until so many tickets are scored.</summary>
    public static Task<JsonNode> AllocatedAsync(this Api api, int tickets, string filters = "") =>
        Eventually.ValueAsync(
            () => api.ScorecardAsync(filters),
            card => card["kpis"]!.Int("allocated") == tickets,
            TimeSpan.FromMinutes(2),
            $"{tickets} tickets in the scorecard {filters}");

    /// <summary>How many tickets there are at all: the ground truth of "nothing changed".</summary>
    public static async Task<int> TicketsAsync(this Api api) =>
        (await api.GetAsync("/api/tickets?page=1&pageSize=1")).Int("total");
}
