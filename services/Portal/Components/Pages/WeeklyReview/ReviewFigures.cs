using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.WeeklyReview;

/// <summary>A live figure beside a step: <c>Asks</c> when something is to be done about it.</summary>
public sealed record ReviewFigure(string Value, string Words, bool Asks);

/// <summary>What the nine steps look at, of the month in which the week ends, or of now where it is about open
/// work.</summary>
public sealed record ReviewFigures(
    string Month, Scorecard Card, EscalationCounts Escalations, RejectionAnalysis Rejections, GradeHistory History,
    IReadOnlyList<string> HoldStatuses, int? Disputes)
{
    private const string Critical = "Critical bottleneck";

    public static async Task<ReviewFigures> ReadAsync(GatewayClients api, string month, CancellationToken cancel)
    {
        var filter = new ScorecardFilter { Months = [month] };
        var card = api.Scoring.ScorecardAsync(filter, null, cancel);
        var escalations = api.Reviews.EscalationsAsync(cancel);
        var rejections = api.Supervision.RejectionsAsync(filter, null, cancel);
        var history = api.Supervision.HistoryAsync(int.Parse(month[..4]), new ScorecardFilter(), cancel);
        var choices = api.Scoring.ChoicesAsync(cancel);
        var disputes = DisputesAsync(api, cancel);
        await Task.WhenAll(card, escalations, rejections, history, choices, disputes);
        return new ReviewFigures(
            month, await card, await escalations, await rejections, await history,
            [.. (await choices).Statuses.Where(s => s.Contains("hold", StringComparison.OrdinalIgnoreCase))],
            await disputes);
    }

    /// <summary>The figure of a step; null: there is none to show.</summary>
    public ReviewFigure? Of(int step) => step switch
    {
        1 => new(Numbers.Count(Card.Kpis.Allocated), $"tickets of {BusinessTime.Month(Month)} are loaded", false),
        // Not added up: a ticket can be both.
        2 => new(
            Numbers.Count(Escalations.Old.Total),
            $"open over {Escalations.OldTicketDays} days · {Numbers.Count(Escalations.LongHold.Total)} on hold over "
                + $"{Escalations.LongHoldHours} h",
            Escalations.Old.Total + Escalations.LongHold.Total > 0),
        3 => new(
            Numbers.Percent(RejectRate),
            "rejection rate" + (Card.Limits is { } limits ? $", fail threshold {limits.RejectRate:0.##} %" : ""),
            RejectRate is { } rate && decimal.Round(rate, 1, MidpointRounding.AwayFromZero) > Card.Limits?.RejectRate),
        4 => Count(Flagged(CoachingDue.Flag), "with a grade that asks for coaching"),
        5 => Count(Flagged("reRejectionFails"), "over the re-rejection threshold"),
        6 => new(
            Numbers.Count(Card.Kpis.RejectedAfterExcuses ?? Card.Kpis.Rejected),
            "rejected tickets that count"
                + (Disputes is { } open ? $" · {open} open dispute{(open == 1 ? "" : "s")}" : ""),
            Disputes > 0),
        7 => Count(
            Bottlenecks.Count,
            Bottlenecks.Count == 0 ? "critical bottlenecks" : $"critical: {string.Join(", ", Bottlenecks)}"),
        8 => Count(
            Escalations.LongHold.Total, $"on hold over {Escalations.LongHoldHours} h"),
        9 => Count(
            History.Agents.Count(a => a.Declining), "declining for three months"),
        _ => null
    };

    private decimal? RejectRate => Card.Kpis.ErrorDensityAfterExcuses ?? Card.Kpis.ErrorDensity;

    private List<string> Bottlenecks =>
        [.. Rejections.Categories.Where(c => c.Risk == Critical).Select(c => c.Category)];

    private int Flagged(string flag) => Card.Agents.Count(row => row.AgentId is not null && row.Flags.Contains(flag));

    private static ReviewFigure Count(int count, string words) => new(Numbers.Count(count), words, count > 0);

    /// <summary>A figure in passing: without an answer the step is shown without it.</summary>
    private static async Task<int?> DisputesAsync(GatewayClients api, CancellationToken cancel)
    {
        try
        {
            return (await api.Reviews.DisputesAsync(cancel)).Total;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            return null;
        }
    }
}
