using Performance.Scoring.Settings;

namespace Performance.Scoring.ScorePolicies;

/// <summary>A version of the score policy was published; it counts from a date on.</summary>
internal sealed record PolicyPublished(
    int Version, DateOnly EffectiveFrom, ScorePolicy Policy, string By, DateTimeOffset OccurredAt);

/// <summary>A published version.</summary>
internal sealed record PolicyVersion(
    int Version, DateOnly EffectiveFrom, ScorePolicy Policy, string By, DateTimeOffset PublishedAt);

/// <summary>Every version there is: the state of the policy stream.</summary>
internal sealed partial record PolicyBook(IReadOnlyList<PolicyVersion> Versions)
{
    /// <summary>Before the first start has stored anything, the default counts.</summary>
    public static PolicyBook Empty { get; } = new([]);

    public static PolicyBook Create(PolicyPublished e) => Empty.Apply(e);

    public PolicyBook Apply(PolicyPublished e) =>
        new([.. Versions, new(e.Version, e.EffectiveFrom, e.Policy, e.By, e.OccurredAt)]);

    /// <summary>
    /// The version in force on a day: of those that have begun by then the one that begins last; of two from the same
    /// day the later version.
    /// </summary>
    public PolicyVersion On(DateOnly day) =>
        Versions.Where(v => v.EffectiveFrom <= day).OrderBy(v => v.EffectiveFrom).ThenBy(v => v.Version)
            .LastOrDefault() ?? new PolicyVersion(0, DateOnly.MinValue, ScorePolicy.Default, "", default);

    /// <summary>The version that a calendar month is scored with: the one in force on its last day.</summary>
    /// <param name="month">As <see cref="BusinessZone.MonthNumber"/>.</param>
    public PolicyVersion OfMonth(int month) => On(BusinessZone.MonthOf(month).AddMonths(1).AddDays(-1));

    /// <summary>The book as it was before a version was published.</summary>
    public PolicyBook Before(int version) => new([.. Versions.Where(v => v.Version < version)]);

    /// <summary>A version by its number.</summary>
    public PolicyVersion Versioned(int version) =>
        Versions.FirstOrDefault(v => v.Version == version)
        ?? new PolicyVersion(version, DateOnly.MinValue, ScorePolicy.Default, "", default);
}
