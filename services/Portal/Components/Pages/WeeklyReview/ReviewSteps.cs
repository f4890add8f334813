using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Components.Pages.Coaching;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.WeeklyReview;

/// <summary>A way from a step to a view, filtered and sorted as the step needs it.</summary>
public sealed record ReviewLink(string Label, string Href);

/// <summary>A step of the workflow.</summary>
/// <param name="Sentence">What to do, in one sentence.</param>
/// <param name="Links">The first is the step's own; others are at hand beside it.</param>
public sealed record ReviewStep(int Number, string Title, string Sentence, IReadOnlyList<ReviewLink> Links);

/// <summary>The standard sequence that a supervisor goes through every week.</summary>
public static class ReviewSteps
{
    /// <summary>A page that a department head does not have.</summary>
    private const string Import = "/import";

    /// <param name="month">The month under review, <c>yyyy-MM</c>.</param>
    /// <param name="holdStatuses">What the tickets' hold statuses are called.</param>
    /// <param name="limits">The policy's; null while they are not known.</param>
    /// <param name="onlyReads">For somebody who reads reviews but has none.</param>
    public static IReadOnlyList<ReviewStep> Of(
        string month, IReadOnlyList<string> holdStatuses, ScorecardLimits? limits, bool onlyReads)
    {
        var steps = All(month, holdStatuses, limits);
        return onlyReads
            ? [.. steps.Select(s => s with { Links = [.. s.Links.Where(link => link.Href != Import)] })]
            : steps;
    }

    private static IReadOnlyList<ReviewStep> All(
        string month, IReadOnlyList<string> holdStatuses, ScorecardLimits? limits)
    {
        var threshold = limits is null ? "" : $" of {limits.RejectRate:0.##} %";
        var again = limits is null ? "the threshold" : $"{limits.ReRejectionRate:0.##} %";
        var grades = limits is { CoachingGrades.Count: > 0 }
            ? $"grade {string.Join(" or ", limits.CoachingGrades)}" : "a grade that asks for it";
        var dashboard = new DashboardAddress { Filter = new ScorecardFilter { Months = [month] } };
        return
        [
            new(1, "Export and load",
                "Load this week's ClickUp export and check that the task count looks right before you go on.",
                [new("Import tickets", Import), new("See the count", dashboard.ToString())]),
            new(2, "Clear escalations first",
                "Give every escalated ticket a status update or an active owner before you move on.",
                [new("Open the escalations", $"{DashboardAddress.Path}#escalations")]),
            new(3, "Review the KPIs",
                $"Note the rejection rate, and flag it for discussion above the quality fail threshold{threshold}.",
                [new("Open the KPI cards", dashboard.ToString())]),
            new(4, "Scorecard, worst score first",
                $"Every agent with {grades} needs a coaching conversation this week; look at the failed tickets.",
                [
                    new("Open the scorecard by score", (dashboard with { Order = new("score") }).ToString()),
                    new("Log coaching", CoachingAddress.Path)
                ]),
            new(5, "Check re-rejections",
                $"An agent above {again} resubmitted incorrectly after a rejection: that is the agent's to change.",
                [new("Open the scorecard by re-rejections",
                    (dashboard with { Order = new("reRejectionRate", true) }).ToString())]),
            new(6, "Excuse what was not the agent's fault",
                "Review new rejections, and excuse those that a county or a customer's documents caused.",
                [
                    new("Open the rejected tickets", dashboard.WithPanel("rejected", IScoringApi.Everybody).ToString()),
                    new("Disputes", "/disputes"), new("Audit trail", "/overrides")
                ]),
            new(7, "Root cause of rejections",
                "A defect with more than a quarter of all rejections is critical: take it to this week's briefing.",
                [new("Open the rejection analysis", QueryHelpers.AddQueryString("/rejections", "month", month))]),
            new(8, "Sweep the pipeline",
                "Escalate every ticket on hold beyond 7 days without an update to its owner directly.",
                [new("Open the tickets on hold", QueryHelpers.AddQueryString(
                    "/pipeline", holdStatuses.Select(status => KeyValuePair.Create("status", (string?)status))))]),
            new(9, "Check the monthly trend",
                "Look for grades that fall from month to month, and coach before they become a D.",
                [new("Open the history", QueryHelpers.AddQueryString("/history", "year", month[..4]))])
        ];
    }
}
