using System.Globalization;
using Performance.Contracts;
using Performance.Notifications.Intake;

namespace Performance.Notifications.Email;

/// <summary>Moves of grades in words. Pure.</summary>
internal static class GradeWords
{
    /// <summary>The subject: the grade itself, or how many moved.</summary>
    public static string Headline(IReadOnlyList<GradeChange> grades) => grades is [var only]
        ? $"Your grade of {Name(only)} is now {only.To}"
        : string.Create(CultureInfo.InvariantCulture, $"Your grades of {grades.Count} months have changed");

    /// <summary>One line a month.</summary>
    public static string List(IReadOnlyList<GradeChange> grades) => string.Join(
        "\n    ", grades.Select(grade => $"{Name(grade)}: from {grade.From} to {grade.To} ({Why(grade.Cause)})"));

    private static string Name(GradeChange grade) => grade.Month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Why(GradeCause cause) => cause switch
    {
        GradeCause.Policy => "another score policy",
        GradeCause.Closing => "the month was closed",
        GradeCause.Reopening => "the month was opened again",
        _ => "tickets, rejections or attendance"
    };
}
