using System.Text.Json.Serialization;

namespace Performance.Contracts;

/// <summary>From CoachingService (feed <c>coaching</c>): the directory, and what supervisors record.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(AgentChanged), "agent")]
[JsonDerivedType(typeof(TeamChanged), "team")]
[JsonDerivedType(typeof(AgentsMerged), "agents-merged")]
[JsonDerivedType(typeof(AttendanceRecorded), "attendance")]
[JsonDerivedType(typeof(RampPlanSet), "ramp")]
[JsonDerivedType(typeof(GoalSet), "goal")]
[JsonDerivedType(typeof(SessionRecorded), "session")]
[JsonDerivedType(typeof(SessionAnswered), "session-answered")]
[JsonDerivedType(typeof(ReviewMarked), "review")]
public abstract record CoachingFact : Fact;

/// <summary>
/// An agent's record in the directory as it is now (the stored event only says that it changed; names live in the
/// directory). Consumers keep it in a mirror outside their events.
/// </summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Name">Display name.</param>
/// <param name="Email">Where mails go, or null.</param>
/// <param name="TeamId">The team, or null.</param>
/// <param name="DepartmentId">The team's department, or null.</param>
/// <param name="Country">ISO 3166 alpha-2, or null.</param>
/// <param name="Active">False once the person has left or was merged away.</param>
public sealed record AgentChanged(
    Guid AgentId,
    string Name,
    string? Email,
    string? TeamId,
    string? DepartmentId,
    string? Country,
    bool Active) : CoachingFact;

/// <summary>A team as it is now.</summary>
public sealed record TeamChanged(string TeamId, string Name, string? DepartmentId) : CoachingFact;

/// <summary>Two records are one person: history of <paramref name="Merged"/> follows <paramref name="Kept"/>.</summary>
public sealed record AgentsMerged(Guid Kept, Guid Merged, string By) : CoachingFact;

/// <summary>Attendance of an agent in a month.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Percent">0 to 100; null takes the record back.</param>
/// <param name="By">User name of the supervisor.</param>
public sealed record AttendanceRecorded(Guid AgentId, DateOnly Month, decimal? Percent, string By) : CoachingFact;

/// <summary>An agent's hire month, from which the daily target ramps up; null: tenured, no plan.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="HireMonth">First day of the month.</param>
/// <param name="By">User name of the supervisor.</param>
public sealed record RampPlanSet(Guid AgentId, DateOnly? HireMonth, string By) : CoachingFact;

/// <summary>A monthly goal of a rep, or of each member of a team.</summary>
/// <param name="AgentId">The rep, or null for a team's goal.</param>
/// <param name="TeamId">The team, or null for a rep's goal.</param>
/// <param name="Metric">payments, services, complaints or calls.</param>
/// <param name="Amount">In units of the metric; null ends the goal.</param>
/// <param name="Currency">ISO 4217 for payments, else null.</param>
/// <param name="From">First day of the first month it holds.</param>
public sealed record GoalSet(
    Guid? AgentId, string? TeamId, string Metric, decimal? Amount, string? Currency, DateOnly From) : CoachingFact;

/// <summary>A coaching session was logged.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="AgentId">The coached agent.</param>
/// <param name="TicketId">The ticket it is attached to, or null.</param>
/// <param name="Date">Its date.</param>
/// <param name="By">User name of the supervisor.</param>
public sealed record SessionRecorded(
    Guid SessionId, Guid AgentId, Guid? TicketId, DateOnly Date, string By) : CoachingFact;

/// <summary>A session was acknowledged, or its action item marked; what it says now is asked of its service.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="AgentId">The coached agent.</param>
public sealed record SessionAnswered(Guid SessionId, Guid AgentId) : CoachingFact;

/// <summary>A step of somebody's weekly review was done or reopened; which is asked of its service.</summary>
/// <param name="Week">The ISO week, <c>2026-W47</c>.</param>
public sealed record ReviewMarked(string Week) : CoachingFact;
