using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Policy;

/// <summary>A band as it is typed: a limit, and what it earns.</summary>
public sealed class BandText
{
    public string Limit { get; set; } = "";

    public string Value { get; set; } = "";
}

/// <summary>A component of the score as it is typed.</summary>
public sealed class ComponentText
{
    public string Max { get; set; } = "";

    public List<BandText> Bands { get; set; } = [];
}

/// <summary>
/// A policy as a person types it. Numbers are text until they are read, so that nothing typed is lost, however wrong.
/// </summary>
public sealed class PolicyForm
{
    /// <summary>The version that it began as.</summary>
    public int BasedOn { get; set; }

    public string EffectiveFrom { get; set; } = "";

    public List<BandText> Grades { get; set; } = [];

    public string GradeBeyond { get; set; } = "";

    public List<BandText> Drops { get; set; } = [];

    public string DropBelow { get; set; } = "";

    public ComponentText FirstPass { get; set; } = new();

    public ComponentText ReRejection { get; set; } = new();

    public ComponentText Reject { get; set; } = new();

    public ComponentText Attendance { get; set; } = new();

    public string ProductivityMax { get; set; } = "";

    /// <summary>Targets of the ramp months, in <see cref="BandText.Value"/>.</summary>
    public List<BandText> Ramp { get; set; } = [];

    public string TenuredTarget { get; set; } = "";

    public List<BandText> ScoreBands { get; set; } = [];

    public string ScoreBeyond { get; set; } = "";

    public string RejectFail { get; set; } = "";

    public string ReRejectionFail { get; set; } = "";

    public List<string> CoachingGrades { get; set; } = [];

    public string OldTicketDays { get; set; } = "";

    public string AmberTicketDays { get; set; } = "";

    public string LongHoldHours { get; set; } = "";

    public string Denominator { get; set; } = "";

    public string Credit { get; set; } = "";

    public static PolicyForm Of(PolicyVersion version, string effectiveFrom)
    {
        var p = version.Policy;
        return new PolicyForm
        {
            BasedOn = version.Version,
            EffectiveFrom = effectiveFrom,
            Grades = Typed(p.GradeUpTo),
            GradeBeyond = p.GradeBeyond,
            Drops = [.. p.AttendanceDrops.Select(d => Typed(d.From, d.Drop))],
            DropBelow = PolicyWords.Plain(p.DropBelow),
            FirstPass = Typed(p.FirstPassFrom),
            ReRejection = Typed(p.ReRejectionUpTo),
            Reject = Typed(p.RejectUpTo),
            Attendance = Typed(p.AttendanceFrom),
            ProductivityMax = PolicyWords.Plain(p.ProductivityMax),
            Ramp = [.. p.RampTargets.Select(t => new BandText { Value = PolicyWords.Plain(t) })],
            TenuredTarget = PolicyWords.Plain(p.TenuredTarget),
            ScoreBands = Typed(p.ScoreFrom),
            ScoreBeyond = p.ScoreBeyond,
            RejectFail = PolicyWords.Plain(p.RejectFailAbove),
            ReRejectionFail = PolicyWords.Plain(p.ReRejectionFailAbove),
            CoachingGrades = [.. p.CoachingGrades],
            OldTicketDays = PolicyWords.Plain(p.OldTicketDays),
            AmberTicketDays = PolicyWords.Plain(p.AmberTicketDays),
            LongHoldHours = PolicyWords.Plain(p.LongHoldHours),
            Denominator = p.FailedFirstPassDenominator,
            Credit = p.RejectionCredit
        };
    }

    private static List<BandText> Typed(IReadOnlyList<GradeBand> bands) =>
        [.. bands.Select(b => new BandText { Limit = PolicyWords.Plain(b.Limit), Value = b.Grade })];

    private static BandText Typed(decimal limit, decimal value) =>
        new() { Limit = PolicyWords.Plain(limit), Value = PolicyWords.Plain(value) };

    private static ComponentText Typed(ComponentBands component) => new()
    {
        Max = PolicyWords.Plain(component.Max), Bands = [.. component.Bands.Select(b => Typed(b.Limit, b.Points))]
    };
}
