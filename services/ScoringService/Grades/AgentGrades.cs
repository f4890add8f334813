namespace Performance.Scoring.Grades;

/// <summary>What is written down of an agent's grades: the state of the agent's stream of grades.</summary>
/// <param name="Grades">By month, oldest first; only months that had a grade.</param>
/// <param name="ToldOn">The day on which the agent was told last, or null.</param>
internal sealed partial record AgentGrades(IReadOnlyList<KnownGrade> Grades, DateOnly? ToldOn)
{
    public static AgentGrades None { get; } = new([], null);

    public KnownGrade? Of(DateOnly month) => Grades.FirstOrDefault(grade => grade.Month == month);

    public AgentGrades Apply(GradesNoted e) => this with { Grades = With(e.Grades) };

    public AgentGrades Apply(GradesTold e) => new(With(e.Moves.Select(move => move.To)), e.Day);

    private KnownGrade[] With(IEnumerable<KnownGrade> newer) =>
        [.. newer.Concat(Grades).DistinctBy(grade => grade.Month).OrderBy(grade => grade.Month)];
}
