using Refit;

namespace Performance.Portal.Api;

/// <summary>The directory, and what supervisors record.</summary>
public interface ICoachingApi
{
    [Get("/api/coaching/agents")]
    Task<PageOf<Agent>> AgentsAsync(
        string? search, string? teamId, bool? unassigned, int page, int pageSize, CancellationToken cancel);

    [Post("/api/coaching/agents")]
    Task<CommandAnswer> AddAgentAsync([Body] AgentChange agent, CancellationToken cancel);

    [Put("/api/coaching/agents/{id}")]
    Task<CommandAnswer> ChangeAgentAsync(Guid id, [Body] AgentChange agent, CancellationToken cancel);

    [Post("/api/coaching/agents/merge")]
    Task<CommandAnswer> MergeAgentsAsync([Body] Merge merge, CancellationToken cancel);

    [Get("/api/coaching/teams")]
    Task<PageOf<Team>> TeamsAsync(int page, int pageSize, CancellationToken cancel);

    [Put("/api/coaching/teams/{id}")]
    Task<CommandAnswer> ChangeTeamAsync(string id, [Body] TeamChange team, CancellationToken cancel);

    [Get("/api/coaching/departments")]
    Task<PageOf<Department>> DepartmentsAsync(int page, int pageSize, CancellationToken cancel);

    [Put("/api/coaching/departments/{id}")]
    Task<CommandAnswer> ChangeDepartmentAsync(string id, [Body] DepartmentChange department, CancellationToken cancel);

    [Get("/api/coaching/attendance/{agentId}")]
    Task<PageOf<AttendanceMonth>> AttendanceAsync(Guid agentId, string? from, string? to, CancellationToken cancel);

    [Put("/api/coaching/attendance/{agentId}/{month}")]
    Task<CommandAnswer> SetAttendanceAsync(
        Guid agentId, string month, [Body] AttendanceChange change, CancellationToken cancel);

    [Get("/api/coaching/ramp/{agentId}")]
    Task<RampPlan> RampAsync(Guid agentId, CancellationToken cancel);

    [Put("/api/coaching/ramp/{agentId}")]
    Task<CommandAnswer> SetRampAsync(Guid agentId, [Body] RampChange change, CancellationToken cancel);

    [Get("/api/coaching/goals/{owner}")]
    Task<PageOf<Goal>> GoalsAsync(string owner, CancellationToken cancel);

    [Put("/api/coaching/goals/{owner}")]
    Task<CommandAnswer> SetGoalAsync(string owner, [Body] Goal goal, CancellationToken cancel);

    [Get("/api/coaching/sessions")]
    Task<PageOf<CoachingSession>> SessionsAsync(
        Guid? agentId, Guid? ticketId, int page, int pageSize, CancellationToken cancel);

    [Post("/api/coaching/sessions")]
    Task<CommandAnswer> AddSessionAsync(
        [Body] SessionChange session, [Header("Idempotency-Key")] string key, CancellationToken cancel);

    [Post("/api/coaching/sessions/{id}/acknowledge")]
    Task<CommandAnswer> AcknowledgeAsync(Guid id, CancellationToken cancel);

    [Post("/api/coaching/sessions/{id}/action-item")]
    Task<CommandAnswer> MarkActionItemAsync(Guid id, [Body] ActionItemMark mark, CancellationToken cancel);
}

public sealed record Agent(
    Guid Id, string Name, string? Email, string? TeamId, string? DepartmentId, string? Country, bool Active,
    Guid? MergedInto);

public sealed record AgentChange(string Name, string? Email, string? TeamId, string? Country, bool? Active);

public sealed record Merge(Guid Keep, [property: System.Text.Json.Serialization.JsonPropertyName("merge")] Guid Merged);

public sealed record Team(string Id, string Name, string? DepartmentId, string? Distributes);

public sealed record TeamChange(string Name, string? DepartmentId, string? Distributes);

public sealed record Department(string Id, string Name);

public sealed record DepartmentChange(string Name);

public sealed record AttendanceMonth(string Month, decimal Percent, string? By);

/// <summary>Null takes the record back.</summary>
public sealed record AttendanceChange(decimal? Percent);

public sealed record RampPlan(Guid AgentId, string? HireMonth, string? By);

/// <summary>Null: tenured, no plan.</summary>
public sealed record RampChange(string? HireMonth);

/// <summary>A null amount ends the goal.</summary>
public sealed record Goal(string Metric, decimal? Amount, string? Currency, string From);

public sealed record CoachingSession(Guid Id, Guid AgentId, Guid? TicketId, DateOnly Date, string? Notes, string? By)
{
    /// <summary>The ticket's number, where the session says it.</summary>
    public string? TicketName { get; init; }

    public ActionItem? ActionItem { get; init; }

    public DateTimeOffset? ActionDoneAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }
}

/// <summary>What was agreed; owner is <c>Agent</c> or <c>Supervisor</c>.</summary>
public sealed record ActionItem(string Text, string Owner, DateOnly? DueDate);

public sealed record SessionChange(
    Guid AgentId, Guid? TicketId, string? TicketName, string Date, string Notes, ActionItemChange? ActionItem);

/// <summary>Owner: <c>agent</c> or <c>supervisor</c>.</summary>
public sealed record ActionItemChange(string Text, string Owner, string? DueDate);

public sealed record ActionItemMark(bool Done);
