using System.Globalization;
using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Policy;

/// <summary>
/// Reads a typed policy. Only what is no number or date is found here; whether the policy makes sense is Scoring's to
/// say, with the same names of fields.
/// </summary>
public sealed class PolicyReading
{
    private readonly Dictionary<string, string> _errors = [];

    /// <summary>Reasons by field.</summary>
    public IReadOnlyDictionary<string, string> Errors => _errors;

    public PolicyDraft Read(PolicyForm form)
    {
        if (!DateOnly.TryParseExact(form.EffectiveFrom, "yyyy-MM-dd", out _))
        {
            _errors["effectiveFrom"] = "is not a date";
        }

        return new PolicyDraft(form.EffectiveFrom, Policy(form));
    }

    private ScorePolicy Policy(PolicyForm f) => new(
        Grades("policy.gradeUpTo", f.Grades),
        f.GradeBeyond,
        Each("policy.attendanceDrops", f.Drops, (at, b) =>
            new AttendanceDrop(Number($"{at}.from", b.Limit), Whole($"{at}.drop", b.Value))),
        Whole("policy.dropBelow", f.DropBelow),
        Component("policy.firstPassFrom", f.FirstPass),
        Component("policy.reRejectionUpTo", f.ReRejection),
        Component("policy.rejectUpTo", f.Reject),
        Component("policy.attendanceFrom", f.Attendance),
        Number("policy.productivityMax", f.ProductivityMax),
        Each("policy.rampTargets", f.Ramp, (at, b) => Number(at, b.Value)),
        Number("policy.tenuredTarget", f.TenuredTarget),
        Grades("policy.scoreFrom", f.ScoreBands),
        f.ScoreBeyond,
        Number("policy.rejectFailAbove", f.RejectFail),
        Number("policy.reRejectionFailAbove", f.ReRejectionFail),
        [.. ScorePolicy.Letters.Where(f.CoachingGrades.Contains)],
        Whole("policy.oldTicketDays", f.OldTicketDays),
        Whole("policy.amberTicketDays", f.AmberTicketDays),
        Whole("policy.longHoldHours", f.LongHoldHours),
        f.Denominator,
        f.Credit);

    private List<GradeBand> Grades(string field, List<BandText> bands) =>
        Each(field, bands, (at, b) => new GradeBand(Number($"{at}.limit", b.Limit), b.Value));

    private ComponentBands Component(string field, ComponentText component) => new(
        Number($"{field}.max", component.Max),
        Each($"{field}.bands", component.Bands, (at, b) =>
            new PointBand(Number($"{at}.limit", b.Limit), Number($"{at}.points", b.Value))));

    private static List<T> Each<T>(string field, List<BandText> bands, Func<string, BandText, T> read) =>
        [.. bands.Select((band, i) => read($"{field}[{i}]", band))];

    private decimal Number(string field, string text)
    {
        if (decimal.TryParse(
            text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number))
        {
            return number;
        }

        _errors[field] = text.Trim().Length == 0 ? "is missing" : "is not a number such as 6.5";
        return 0;
    }

    private int Whole(string field, string text)
    {
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _errors[field] = text.Trim().Length == 0 ? "is missing" : "is not a whole number";
        return 0;
    }
}
