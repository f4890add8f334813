using Refit;

namespace Performance.Portal.Api;

/// <summary>What stands beside the scorecard under the same filters: charts and what needs somebody today.</summary>
public interface IChartsApi
{
    [Get("/api/scoring/charts/causes")]
    Task<IReadOnlyList<ChartBar>> CausesAsync(ScorecardFilter filter, CancellationToken cancel);

    [Get("/api/scoring/charts/pulse")]
    Task<IReadOnlyList<ChartBar>> PulseAsync(ScorecardFilter filter, CancellationToken cancel);

    [Get("/api/scoring/escalations")]
    Task<Escalations> EscalationsAsync(ScorecardFilter filter, int page, int pageSize, CancellationToken cancel);
}

/// <summary>A bar; its key is what the list behind it is asked for with.</summary>
public sealed record ChartBar(string Key, string Name, long Count);

/// <summary>Open tickets that are too old, and those on hold for too long, by the limits of the policy.</summary>
public sealed record Escalations(
    PageOf<PipelineTicket> Old, PageOf<PipelineTicket> LongHold, int OldTicketDays, int LongHoldHours,
    DateTimeOffset AsOf);
