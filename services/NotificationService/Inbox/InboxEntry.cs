using Performance.Notifications.Intake;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Inbox;

/// <summary>Something was put into an agent's inbox.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="AgentId">Whose inbox.</param>
/// <param name="Kind">What it is, for example <c>ticket-assigned</c>.</param>
/// <param name="TicketId">The ticket it is about, or null.</param>
/// <param name="By">User name of who caused it, or null.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Grades">The grades it is about, or null.</param>
internal sealed record InboxEntryAdded(
    Guid EntryId, Guid AgentId, string Kind, Guid? TicketId, string? By, DateTimeOffset OccurredAt,
    IReadOnlyList<GradeChange>? Grades = null);

/// <summary>The agent has seen the entry.</summary>
internal sealed record InboxEntryRead(Guid EntryId, DateTimeOffset OccurredAt);

/// <summary>The agent marked all entries as seen.</summary>
internal sealed record InboxCleared(Guid AgentId, int Entries, DateTimeOffset OccurredAt);

/// <summary>One entry of an inbox.</summary>
internal sealed partial record InboxEntry
{
    public Guid Id { get; init; }

    public Guid AgentId { get; init; }

    public string Kind { get; init; } = "";

    public Guid? TicketId { get; init; }

    public IReadOnlyList<GradeChange>? Grades { get; init; }

    public string? By { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>For the index: unread entries are counted all the time.</summary>
    public bool Unread { get; init; } = true;

    public static InboxEntry Create(InboxEntryAdded added) => new()
    {
        Id = added.EntryId,
        AgentId = added.AgentId,
        Kind = added.Kind,
        TicketId = added.TicketId,
        Grades = added.Grades,
        By = added.By,
        OccurredAt = added.OccurredAt
    };

    public InboxEntry Apply(InboxEntryRead read) => this with { ReadAt = read.OccurredAt, Unread = false };

    /// <summary>Marks as read.</summary>
    public static IReadOnlyList<object> Decide(InboxEntry? state, IReadOnlySet<Guid> own, DateTimeOffset now) =>
        state is null || !own.Contains(state.AgentId) ? throw new NotFoundException("There is no such entry.")
        : state.Unread ? [new InboxEntryRead(state.Id, now)]
        : [];
}

/// <summary>An inbox as a whole: how often it was cleared is all its stream has to know.</summary>
internal sealed partial record InboxOwner
{
    public Guid Id { get; init; }

    public int Clearings { get; init; }

    public static InboxOwner Create(InboxCleared cleared) => new() { Clearings = 1 };

    public InboxOwner Apply(InboxCleared cleared) => this with { Clearings = Clearings + 1 };
}
