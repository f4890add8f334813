namespace Performance.Scoring.Agents;

/// <summary>An agent's entry in the directory changed; names stay in the directory.</summary>
internal sealed record AgentRecordChanged(Guid AgentId, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>Two records are one person: history of <paramref name="Merged"/> follows <paramref name="Kept"/>.</summary>
internal sealed record AgentRecordsMerged(
    Guid Kept, Guid Merged, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>Attendance of a month in percent, or null: taken back.</summary>
internal sealed record AttendanceNoted(
    Guid AgentId, DateOnly Month, decimal? Percent, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>The hire month from which the daily target ramps up, or null: tenured.</summary>
internal sealed record RampPlanned(
    Guid AgentId, DateOnly? HireMonth, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>The productivity log of a day has this many entries now.</summary>
internal sealed record WorkDayCounted(
    Guid AgentId, DateOnly Date, int Entries, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>The day has no log any more.</summary>
internal sealed record WorkDayEmptied(
    Guid AgentId, DateOnly Date, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>A coaching session took place.</summary>
internal sealed record SessionHeld(
    Guid SessionId,
    Guid AgentId,
    Guid? TicketId,
    DateOnly Date,
    string By,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt);

/// <summary>
/// A session was acknowledged or its action item marked: no number changes, but who looks at it asks again.
/// </summary>
internal sealed record CoachingAnswered(
    Guid SessionId, Guid AgentId, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>Somebody's review of an ISO week went on: no number changes, but who looks at it asks again.</summary>
internal sealed record WeekReviewed(string Week, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>A monthly goal holds from a month on: of a rep, or of each member of a team. Null amount: ended.</summary>
internal sealed record GoalAgreed(
    Guid? AgentId,
    string? TeamId,
    string Metric,
    decimal? Amount,
    string? Currency,
    DateOnly From,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt);
