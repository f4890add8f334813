using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Rejections;

/// <summary>Why work comes back: defect categories, and who or when they fall on, live.</summary>
public sealed partial class RejectionsPage
{
    /// <summary>Categories that fit beside each other on a desk.</summary>
    private const int Columns = 10;

    private static readonly (string Id, string Name)[] _tabs = [("agent", "By agent"), ("month", "By month")];

    protected override string Topic => "rejections";

    private string Scope => string.Join(" · ", new[]
    {
        Address.Label ?? "All categories",
        Address.In is { } month ? BusinessTime.Month(month) : null,
        FilterQuery.IsEmpty(Address.Filter) ? "All tickets" : "As filtered"
    }.OfType<string>());

    protected override Task<RejectionAnalysis> AskAsync(CancellationToken cancel) =>
        Api.Supervision.RejectionsAsync(Address.Filter, AtLeast, cancel);

    private void Turn(string tab) => Replace(Address.Turned(tab == "month"));

    private IReadOnlyList<MatrixLine> Lines(RejectionAnalysis analysis) =>
        MatrixLine.Sorted(
            Address.ByMonth ? MatrixLine.ByMonth(analysis) : MatrixLine.ByAgent(analysis), Address,
            analysis.Categories);

    private IReadOnlyList<DefectCategory> Causes(RejectionAnalysis analysis) =>
        CategoryTable.Sorted(analysis.Categories, Address.Causes);

    private string NameOf(string key) => key == IScoringApi.Everybody
        ? "everybody"
        : Answer?.Value?.Agents.FirstOrDefault(a => a.Key == key)?.Name
            ?? (key == IScoringApi.Unassigned ? "Unassigned" : "this agent");

    private static string CountText(RejectionAnalysis analysis) =>
        $"{Numbers.Count(analysis.Events)} rejection{(analysis.Events == 1 ? "" : "s")} that count in "
        + $"{analysis.Categories.Count} categor{(analysis.Categories.Count == 1 ? "y" : "ies")}";

    private Task ExportAsync()
    {
        var analysis = Answer!.Value!;
        var lines = Lines(analysis);
        var head = new[] { "Category", "Events", "Tickets", "Share %", "Risk" }.Concat(lines.Select(l => l.Name));
        var rows = Causes(analysis).Select(c => new[]
        {
            c.Category, Plain(c.Events), Plain(c.Tickets),
            decimal.Round(c.Share, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture),
            c.Risk
        }.Concat(lines.Select(l => Plain(l.Count(c)))));
        return Browser.DownloadAsync($"rejections-{Time.Today:yyyy-MM-dd}.csv", Csv.Write([head, .. rows])).AsTask();
    }

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);
}
