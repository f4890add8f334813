using System.Text.Json.Serialization;

namespace Performance.Contracts;

/// <summary>What moved a grade.</summary>
public enum GradeCause
{
    /// <summary>Tickets, rejections, excuses or attendance.</summary>
    Work,

    /// <summary>The month is scored by another version of the score policy.</summary>
    Policy,

    /// <summary>The month was closed: this is what it stays at.</summary>
    Closing,

    /// <summary>The closed month was opened again.</summary>
    Reopening
}

/// <summary>From ScoringService (feed <c>grades</c>): what agents are told about their grades.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(GradesMoved), "moved")]
public abstract record GradeFact : Fact;

/// <summary>
/// Grades of an agent are others than the agent last knew; at most once a day of the business.
/// </summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Months">Each month that moved, the latest first; at least one.</param>
public sealed record GradesMoved(Guid AgentId, IReadOnlyList<MovedGrade> Months) : GradeFact;

/// <summary>A month's grade was one letter and is another.</summary>
/// <param name="Month">First day of the calendar month of the tickets' creation.</param>
/// <param name="From">The letter that the agent last knew, A to D.</param>
/// <param name="To">The letter now, A to D.</param>
/// <param name="Cause">What moved it.</param>
/// <param name="PolicyVersion">The version of the score policy that the month is graded with now.</param>
public sealed record MovedGrade(DateOnly Month, string From, string To, GradeCause Cause, int PolicyVersion);
