using System.Collections.Immutable;

namespace Performance.Coaching.Reviews;

/// <summary>A step of a supervisor's weekly review was done, or done again with another note.</summary>
/// <param name="Supervisor">User name of the one whose review it is.</param>
/// <param name="Teams">Ids of the teams that the review is about, as they were then.</param>
/// <param name="Week">The ISO week, <c>2026-W47</c>.</param>
/// <param name="Step">1 to 9, in the order of the workflow.</param>
/// <param name="Note">What was found or agreed; free text, erased by masking on request.</param>
/// <param name="By">User name of the one who did it: the supervisor, or an admin.</param>
/// <param name="OccurredAt">When it was done.</param>
internal sealed record ReviewStepDone(
    string Supervisor, IReadOnlyList<string> Teams, string Week, int Step, string? Note, string By,
    DateTimeOffset OccurredAt);

/// <summary>The step is not done after all.</summary>
internal sealed record ReviewStepReopened(
    string Supervisor, string Week, int Step, string By, DateTimeOffset OccurredAt);

/// <summary>A done step: by whom and when, the last word on it.</summary>
internal sealed record ReviewStep(int Step, string By, DateTimeOffset At, string? Note);

/// <summary>One supervisor's review of one week; the steps that are done, in their order.</summary>
internal sealed partial record WeeklyReview
{
    /// <summary>Steps that the workflow has.</summary>
    public const int StepCount = 9;

    public Guid Id { get; init; }

    public string Supervisor { get; init; } = "";

    public ImmutableList<string> Teams { get; init; } = [];

    public string Week { get; init; } = "";

    public ImmutableList<ReviewStep> Steps { get; init; } = [];

    /// <summary>When the last of the nine was done; null while one is open.</summary>
    public DateTimeOffset? CompletedAt => Steps.Count == StepCount ? Steps.Max(s => s.At) : null;

    public ReviewStep? Step(int number) => Steps.Find(s => s.Step == number);

    public static WeeklyReview Create(ReviewStepDone done) =>
        new WeeklyReview { Supervisor = done.Supervisor, Week = done.Week }.Apply(done);

    public WeeklyReview Apply(ReviewStepDone done) => this with
    {
        Teams = [.. done.Teams],
        Steps = [.. Without(done.Step).Add(new ReviewStep(done.Step, done.By, done.OccurredAt, done.Note))
            .OrderBy(s => s.Step)]
    };

    public WeeklyReview Apply(ReviewStepReopened reopened) => this with { Steps = Without(reopened.Step) };

    private ImmutableList<ReviewStep> Without(int step) => Steps.RemoveAll(s => s.Step == step);
}
