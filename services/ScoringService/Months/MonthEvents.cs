namespace Performance.Scoring.Months;

/// <summary>A calendar month was closed: its grades stay as they were then (docs/adr/0098).</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="PolicyVersion">The score policy's version that it was graded with.</param>
/// <param name="Rows">What every agent's grade was made from, and what came out.</param>
/// <param name="Position">How far the views were.</param>
internal sealed record MonthClosed(
    DateOnly Month,
    int PolicyVersion,
    IReadOnlyList<FrozenRow> Rows,
    long Position,
    string By,
    DateTimeOffset OccurredAt);

/// <summary>A closed month was opened again: from now on it is scored as any other.</summary>
internal sealed record MonthReopened(DateOnly Month, string By, string Reason, DateTimeOffset OccurredAt);

/// <summary>State of a month's stream.</summary>
internal sealed partial record MonthState(bool IsClosed)
{
    public static MonthState Create(MonthClosed e) => new(true);

    public MonthState Apply(MonthClosed e) => this with { IsClosed = true };

    public MonthState Apply(MonthReopened e) => this with { IsClosed = false };
}
