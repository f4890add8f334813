using System.Globalization;
using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Policy;

/// <summary>A rule of a policy in words; <paramref name="Before"/> where another version said otherwise.</summary>
public sealed record PolicyLine(string Rule, string Says, string? Before);

/// <summary>A policy in words and units.</summary>
public static class PolicyWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static string Plain(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>The first version counts from the beginning of time.</summary>
    public static string From(DateOnly date) =>
        date.Year < 1900 ? "the beginning" : date.ToString("MMM d, yyyy", English);

    /// <summary>What a policy says otherwise than another.</summary>
    public static IReadOnlyList<PolicyLine> Differences(ScorePolicy? before, ScorePolicy now)
    {
        if (before is null)
        {
            return [];
        }

        var old = Lines(before).ToDictionary(l => l.Rule, l => l.Says);
        return [.. Lines(now).Where(l => old[l.Rule] != l.Says).Select(l => l with { Before = old[l.Rule] })];
    }

    public static IReadOnlyList<PolicyLine> Lines(ScorePolicy p) =>
    [
        Line("Grade by failed first-pass rate", Letters(p.GradeUpTo, "up to", " %", p.GradeBeyond)),
        Line("Grades dropped for attendance", Bands(
            p.AttendanceDrops.Select(d => (d.From, Plain(d.Drop))), "from", " %", Plain(p.DropBelow))),
        Line("First-pass rate points", Component(p.FirstPassFrom, "from")),
        Line("Re-rejection rate points", Component(p.ReRejectionUpTo, "up to")),
        Line("Reject rate points", Component(p.RejectUpTo, "up to")),
        Line("Attendance points", Component(p.AttendanceFrom, "from")),
        Line("Productivity points", $"share of the target, at most {Plain(p.ProductivityMax)}"),
        Line("Score band", Letters(p.ScoreFrom, "from", "", p.ScoreBeyond)),
        Line("Target per day", string.Join(", ", p.RampTargets.Select((t, i) => $"month {i + 1}: {Plain(t)}")
            .Append($"{(p.RampTargets.Count == 0 ? "everybody" : "after that")}: {Plain(p.TenuredTarget)}"))),
        Line("Fails above", $"reject rate {Plain(p.RejectFailAbove)} %, "
            + $"re-rejection rate {Plain(p.ReRejectionFailAbove)} %"),
        Line("Coaching is due with", p.CoachingGrades.Count == 0 ? "no grade"
            : "grade " + string.Join(" or ", p.CoachingGrades)),
        Line("Open ticket", $"amber above {p.AmberTicketDays} days, escalated above {p.OldTicketDays} days"),
        Line("Long hold", $"above {p.LongHoldHours} hours"),
        Line("Failed first-pass rate is of", p.FailedFirstPassDenominator == "Allocated"
            ? "all allocated tickets" : "processed tickets"),
        Line("A rejection counts for", p.RejectionCredit == "AtRejection"
            ? "who had the ticket when it was sent back" : "who has the ticket now")
    ];

    private static PolicyLine Line(string rule, string says) => new(rule, says, null);

    private static string Letters(IReadOnlyList<GradeBand> bands, string lead, string unit, string beyond) =>
        Bands(bands.Select(b => (b.Limit, b.Grade)), lead, unit, beyond);

    private static string Component(ComponentBands component, string lead) =>
        Bands(component.Bands.Select(b => (b.Limit, Plain(b.Points))), lead, " %", "0")
        + $" (of {Plain(component.Max)})";

    private static string Bands(
        IEnumerable<(decimal Limit, string Earns)> bands, string lead, string unit, string beyond) =>
        string.Join(", ", bands.Select(b => $"{lead} {Plain(b.Limit)}{unit}: {b.Earns}").Append($"else {beyond}"));
}
