namespace Performance.Scoring.Settings;

/// <summary>What an admin sets for all of scoring. A projection reads it, so it is stored as events.</summary>
/// <param name="BusinessZone">IANA time zone in which dates, weeks, months and hours fall.</param>
/// <param name="SupervisorsSeeRepDashboards">Whether supervisors may look at their reps' My performance.</param>
/// <param name="WorkingWeekdays">The days that the week view shows, <c>Mon</c> to <c>Sun</c>.</param>
/// <param name="FinancialYearStart">First month of the financial year, 1 to 12.</param>
/// <param name="DefectCategories">Rejection labels that are one category; null also in settings from before.</param>
internal sealed record ScoringSettings(
    string BusinessZone,
    bool SupervisorsSeeRepDashboards,
    IReadOnlyList<string> WorkingWeekdays,
    int FinancialYearStart,
    IReadOnlyList<LabelGroup>? DefectCategories = null)
{
    public static ScoringSettings Default { get; } =
        new("America/Los_Angeles", false, ["Mon", "Tue", "Wed", "Thu", "Fri"], 1);

    public BusinessZone Zone => Settings.BusinessZone.Of(BusinessZone);

    public DefectCategories Categories => new(DefectCategories);

    public bool SameAs(ScoringSettings other) =>
        this with { WorkingWeekdays = other.WorkingWeekdays, DefectCategories = other.DefectCategories } == other
        && WorkingWeekdays.SequenceEqual(other.WorkingWeekdays)
        && (DefectCategories ?? []).SequenceEqual(other.DefectCategories ?? [], SameGroup.Instance);

    private sealed class SameGroup : EqualityComparer<LabelGroup>
    {
        public static readonly SameGroup Instance = new();

        public override bool Equals(LabelGroup? x, LabelGroup? y) => x!.Category == y!.Category
            && x.Labels.SequenceEqual(y.Labels);

        public override int GetHashCode(LabelGroup group) => group.Category.GetHashCode(StringComparison.Ordinal);
    }
}

/// <summary>An admin changed the settings; all of them, as they are from now on.</summary>
internal sealed record SettingsChanged(ScoringSettings Settings, string By, DateTimeOffset OccurredAt);

/// <summary>State of the settings stream.</summary>
internal sealed partial record SettingsState(ScoringSettings Settings)
{
    public static SettingsState Create(SettingsChanged e) => new(e.Settings);

    public SettingsState Apply(SettingsChanged e) => new(e.Settings);
}
