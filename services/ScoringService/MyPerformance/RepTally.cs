using Performance.Scoring.Settings;

namespace Performance.Scoring.MyPerformance;

/// <summary>What is counted per rep and day.</summary>
internal static class RepMetric
{
    public const string Calls = "calls";
    public const string Payments = "payments";
    public const string Raised = "raised";
    public const string Completed = "completed";
    public const string Registered = "registered";
    public const string Resolved = "resolved";
}

/// <summary>Where an activity counts.</summary>
internal readonly record struct RepDayKey(Guid RepId, DateOnly Day, string Metric, string Key);

/// <summary>When a complaint was registered first and resolved last, as far as is known.</summary>
internal sealed record ComplaintCase(
    DateTimeOffset? RegisteredAt, DateTimeOffset? ResolvedAt, Guid? ResolvedBy, string Category, bool Registered)
{
    public static ComplaintCase Unknown { get; } = new(null, null, null, "", false);

    public ComplaintCase With(RepRegisteredComplaint e) => this with
    {
        RegisteredAt = RegisteredAt is { } first && first <= e.OccurredAt ? first : e.OccurredAt,
        Category = e.Category,
        Registered = true
    };

    public ComplaintCase With(RepResolvedComplaint e)
    {
        var known = this with { Category = Registered ? Category : e.Category };
        return ResolvedAt is { } last && last > e.OccurredAt
            ? known
            : known with { ResolvedAt = e.OccurredAt, ResolvedBy = e.RepId };
    }
}

/// <summary>Adds activity up, by rep, day in the business zone, metric and key.</summary>
internal sealed class RepTally(BusinessZone zone)
{
    public Dictionary<RepDayKey, (long Count, decimal Amount)> Days { get; } = [];

    public Dictionary<string, ComplaintCase> Complaints { get; } = [];

    public void Add(RepEvent happened)
    {
        var (metric, key, amount) = happened switch
        {
            RepHandledCall e => (RepMetric.Calls, zone.HourOf(e.OccurredAt).ToString("00"), e.DurationSec),
            RepCollectedPayment e => (RepMetric.Payments, e.Currency, e.Amount),
            RepRaisedService e => (RepMetric.Raised, e.ServiceType, 0m),
            RepCompletedService e => (RepMetric.Completed, e.ServiceType, 0m),
            RepRegisteredComplaint e => (RepMetric.Registered, e.Category, 0m),
            RepResolvedComplaint e => (RepMetric.Resolved, e.Category, 0m),
            _ => ("", "", 0m)
        };
        var at = new RepDayKey(happened.RepId, zone.DayOf(happened.OccurredAt), metric, key);
        var sum = Days.GetValueOrDefault(at);
        Days[at] = (sum.Count + 1, sum.Amount + amount);
        switch (happened)
        {
            case RepRegisteredComplaint e:
                Complaints[e.ComplaintId] = Complaints.GetValueOrDefault(e.ComplaintId, ComplaintCase.Unknown).With(e);
                break;
            case RepResolvedComplaint e:
                Complaints[e.ComplaintId] = Complaints.GetValueOrDefault(e.ComplaintId, ComplaintCase.Unknown).With(e);
                break;
        }
    }
}
