namespace Performance.Coaching.Attendance;

/// <summary>A supervisor recorded an agent's attendance of one month, or took the record back.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Percent">0 to 100 with one decimal; null takes the record back.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="OccurredAt">When it was recorded.</param>
internal sealed record AttendanceRecorded(
    Guid AgentId, DateOnly Month, decimal? Percent, string By, DateTimeOffset OccurredAt);

/// <summary>One agent's attendance in one month.</summary>
internal sealed partial record AttendanceMonth
{
    public Guid Id { get; init; }

    public Guid AgentId { get; init; }

    public DateOnly Month { get; init; }

    public decimal? Percent { get; init; }

    public string By { get; init; } = "";

    public static AttendanceMonth Create(AttendanceRecorded recorded) =>
        new AttendanceMonth { AgentId = recorded.AgentId, Month = recorded.Month }.Apply(recorded);

    public AttendanceMonth Apply(AttendanceRecorded recorded) =>
        this with { Percent = recorded.Percent, By = recorded.By };
}
