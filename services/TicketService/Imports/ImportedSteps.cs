using Performance.Contracts;

namespace Performance.Tickets.Imports;

/// <summary>
/// Writes the events of one ticket's rows: a step for each row that brings any, and nothing where the ticket already
/// is what the row says. Within a step rejections come first: who had the ticket then was sent it back.
/// </summary>
internal sealed class ImportedSteps(CurrentTicket? current)
{
    private readonly List<object> events = [];
    private int step = (current?.Step ?? 0) + 1;
    private int begun;

    public IReadOnlyList<object> Events => events;

    public bool Exists { get; private set; } = current is not null;

    public string Status { get; private set; } = current?.Status ?? "";

    public Guid? AgentId { get; private set; } = current?.AgentId;

    public string? Type { get; private set; } = current?.Type;

    public string? State { get; private set; } = current?.State;

    public string? Title { get; private set; } = current?.Title;

    /// <summary>Ends a row's step.</summary>
    /// <returns>Whether the row brought any event.</returns>
    public bool EndRow()
    {
        if (events.Count == begun)
        {
            return false;
        }

        begun = events.Count;
        step++;
        return true;
    }

    public void Import(
        string source, ImportRow row, string status, DateTimeOffset statusAt, Guid? agentId, DateTimeOffset createdAt)
    {
        (Exists, Status, AgentId, Type, State, Title) = (true, status, agentId, row.Type, row.State, row.Title);
        events.Add(new TicketImported(
            source, row.ExternalId, Title, Type, State, status, statusAt, agentId, createdAt, step));
    }

    public void Reject(string label, DateTimeOffset at) => events.Add(
        new RejectionRecorded(label, AgentId, Type, State, FactOrigin.Import, null, at, step));

    public void RemoveLabel(Guid rejectionEventId, string label, DateTimeOffset at) =>
        events.Add(new RejectionLabelRemoved(rejectionEventId, label, at, step));

    public void Change(string status, DateTimeOffset at)
    {
        if (!StatusPatterns.Same(Status, status))
        {
            events.Add(new TicketStatusChanged(
                Status, status, AgentId, Type, State, FactOrigin.Import, null, at, step));
            Status = status;
        }
    }

    public void Assign(Guid? agentId, DateTimeOffset at)
    {
        if (AgentId != agentId)
        {
            events.Add(new TicketAssigned(agentId, AgentId, FactOrigin.Import, null, at, step));
            AgentId = agentId;
        }
    }

    /// <summary>Type and state follow the last value that is not null.</summary>
    public void Classify(string? type, string? state, DateTimeOffset at)
    {
        if ((type is not null && type != Type) || (state is not null && state != State))
        {
            (Type, State) = (type ?? Type, state ?? State);
            events.Add(new TicketReclassified(Type, State, at, step));
        }
    }

    public void Rename(string? title, DateTimeOffset at)
    {
        if (title is not null && title != Title)
        {
            Title = title;
            events.Add(new TicketRenamed(title, at, step));
        }
    }
}
