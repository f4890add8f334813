using Microsoft.AspNetCore.Components;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.History;

/// <summary>Grades per agent and month of a year, and who gets worse, live.</summary>
public sealed partial class HistoryPage
{
    private const int PageSize = 100;

    private string _search = "";

    protected override string Topic => "scorecard";

    private int ShownYear => Address.Year ?? Answer?.Value?.Year ?? Time.Today.Year;

    private IEnumerable<int> Years =>
        (Answer?.Value?.Years ?? []).Append(Time.Today.Year).Append(ShownYear).Distinct().OrderDescending();

    private IReadOnlyList<HistoryAgent> Found =>
    [
        .. HistoryOrder.Sorted(
            (Answer?.Value?.Agents ?? []).Where(a => (a.Declining || !Address.Declining)
                && a.Name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase)),
            Address.Order, ShownYear)
    ];

    private int PageOf(int found) => Math.Clamp(Address.Page, 1, Math.Max(1, (found + PageSize - 1) / PageSize));

    private static IReadOnlyList<Choice> Months =>
        [.. HistoryOrder.Months.Select(m => new Choice(m, BusinessTime.Month($"2000-{m}")[..3]))];

    private string CountText => Answer?.Value?.Agents is { } all
        ? $"{all.Count} agent{(all.Count == 1 ? "" : "s")}, {all.Count(a => a.Declining)} declining"
        : "";

    private string? ReceiptNote => FilterQuery.IsEmpty(Address.Filter)
        ? null : "Of all tickets of the month: a grade's receipt knows no filters";

    protected override Task<GradeHistory> AskAsync(CancellationToken cancel) =>
        Api.Supervision.HistoryAsync(Address.Year, Address.Filter, cancel);

    private void ChooseYear(ChangeEventArgs change) => Replace(Address with
    {
        Year = int.TryParse(change.Value?.ToString(), out var year) ? year : null, Page = 1
    });

    private string NameOf(Guid agent) =>
        Answer?.Value?.Agents.FirstOrDefault(a => a.AgentId == agent)?.Name ?? "this agent";

    private Task ExportAsync()
    {
        var months = HistoryOrder.Months.Except(Address.Hidden).Select(m => $"{ShownYear}-{m}").ToList();
        var head = new[] { "Agent", "Declining since" }.Concat(months);
        var rows = Found.Select(a => new[] { a.Name, a.DecliningSince ?? "" }.Concat(
            months.Select(month => a.Months.FirstOrDefault(m => m.Month == month)?.Grade ?? "")));
        return Browser.DownloadAsync($"grades-{ShownYear}.csv", Csv.Write([head, .. rows])).AsTask();
    }
}
