using System.Text.Json.Nodes;

namespace Performance.Testing.Running;

/// <summary>A rep's month as the own dashboard shows it.</summary>
public sealed record RepCounts(int Calls, int Services, int Complaints, decimal Payments)
{
    public static readonly RepCounts None = new(0, 0, 0, 0);

    public static RepCounts operator +(RepCounts a, RepCounts b) =>
        new(a.Calls + b.Calls, a.Services + b.Services, a.Complaints + b.Complaints, a.Payments + b.Payments);

    /// <summary>The oracle: what events of <see cref="RepActivity"/> add up to.</summary>
    public static RepCounts Of(IEnumerable<JsonObject> events) => events.Select(Of).Aggregate(None, (a, b) => a + b);

    private static RepCounts Of(JsonObject happened) => happened["type"]!.GetValue<string>() switch
    {
        "call.handled" => None with { Calls = 1 },
        "service.raised" => None with { Services = 1 },
        "complaint.registered" => None with { Complaints = 1 },
        "payment.collected" => None with { Payments = happened["data"]!["amount"]!.GetValue<decimal>() },
        _ => None
    };

    /// <summary>What the rep's dashboard shows for a month (yyyy-MM).</summary>
    public static async Task<RepCounts> ReadAsync(Api self, string month)
    {
        var my = await self.GetAsync($"/api/scoring/my?month={month}");
        return new RepCounts(
            (int)Card("calls"), (int)Card("services"), (int)Card("complaints"), Card("payments"));

        decimal Card(string metric) => my["cards"]!.AsArray()
            .Where(card => card!["metric"]!.GetValue<string>() == metric)
            .Sum(card => card!["value"]?.GetValue<decimal>() ?? 0);
    }
}
