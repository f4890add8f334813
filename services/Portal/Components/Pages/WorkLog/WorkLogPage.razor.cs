using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.WorkLog;

/// <summary>
/// What the agents of the person's teams logged, day by day, to read; of this month unless asked for more.
/// </summary>
public sealed partial class WorkLogPage
{
    private const int PageSize = 100;

    protected override string Topic => "scorecard";

    private bool HasDates => Address.Filter is { Months.Count: > 0 } or { Weeks.Count: > 0 };

    private string Period => HasDates
        ? Address.Filter is { Months: [var month], Weeks.Count: 0 } ? BusinessTime.Month(month) : "as filtered"
        : BusinessTime.Month(Time.ThisMonth);

    private IReadOnlyList<WorkDaysOfAgent> Sorted =>
        WorkLogTable.Sorted(Answer?.Value?.Agents ?? [], Address.Order);

    private IReadOnlyList<DateOnly> Days =>
        [.. (Answer?.Value?.Agents ?? []).SelectMany(a => a.Days).Select(d => d.Date).Distinct().Order()];

    private int Shown =>
        Math.Clamp(Address.Page, 1, Math.Max(1, ((Answer?.Value?.Agents.Count ?? 0) + PageSize - 1) / PageSize));

    private string CountText => Answer?.Value?.Agents is { Count: > 0 } all
        ? $"{all.Count(a => a.Days.Count > 0)} of {(all.Count == 1 ? "1 agent" : $"{all.Count} agents")} logged, "
            + $"{Numbers.Count(all.Sum(a => a.Entries))} entries"
        : "";

    protected override Task<WorkDays> AskAsync(CancellationToken cancel) => Api.Supervision.WorkDaysAsync(
        HasDates ? Address.Filter : Address.Filter with { Months = [Time.ThisMonth] }, cancel);

    private string NameOf(Guid agent) =>
        Answer?.Value?.Agents.FirstOrDefault(a => a.AgentId == agent)?.Name ?? "this agent";

    private decimal? TargetOf(Guid agent, DateOnly day) => Answer?.Value?.Agents
        .FirstOrDefault(a => a.AgentId == agent)?.Days.FirstOrDefault(d => d.Date == day)?.Target;

    private Task ExportAsync()
    {
        var days = Days;
        var head = new[] { "Agent", "Daily average", "Target", "Entries" }
            .Concat(days.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var rows = Sorted.Select(a => new[] { a.Name, Plain(a.DailyAvg), Plain(a.Target), Plain(a.Entries) }
            .Concat(days.Select(day => Plain(a.Days.FirstOrDefault(d => d.Date == day)?.Entries))));
        return Browser.DownloadAsync($"work-log-{Time.Today:yyyy-MM-dd}.csv", Csv.Write([head, .. rows])).AsTask();
    }

    private static string Plain(decimal? number) => number is { } value
        ? decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture)
        : "";
}
