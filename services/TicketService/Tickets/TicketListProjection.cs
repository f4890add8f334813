using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Performance.Contracts;

namespace Performance.Tickets;

/// <summary>
/// Keeps table <c>ticket_list</c>, one row for each ticket as it is now, in the transaction of the events: one
/// statement for all tickets of an import's batch (ADR 0040).
/// </summary>
internal sealed class TicketListProjection : IProjection
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
    };

    private const string Insert = """
        insert into ticket_list (
            ticket_id, version, step, kind, source, external_id, title, type, state, status, agent_id,
            created_at, updated_at)
        select ticket_id, version, step, kind, source, external_id, title, type, state, status, agent_id,
               created_at, updated_at
        from jsonb_to_recordset(?::jsonb) as r(
            ticket_id uuid, version bigint, step int, kind smallint, source text, external_id text, title text,
            type text, state text, status text, agent_id uuid, created_at timestamptz, updated_at timestamptz)
        on conflict (ticket_id) do update set
            version = excluded.version, step = excluded.step, title = excluded.title, type = excluded.type,
            state = excluded.state, status = excluded.status, agent_id = excluded.agent_id,
            updated_at = excluded.updated_at
        """;

    private const string Update = """
        update ticket_list t set
            version = r.version, step = r.step, title = coalesce(r.title, t.title),
            type = case when r.classified then r.type else t.type end,
            state = case when r.classified then r.state else t.state end,
            status = coalesce(r.status, t.status),
            agent_id = case when r.assigned then r.agent_id else t.agent_id end,
            updated_at = r.updated_at
        from jsonb_to_recordset(?::jsonb) as r(
            ticket_id uuid, version bigint, step int, title text, type text, state text, classified boolean,
            status text, agent_id uuid, assigned boolean, updated_at timestamptz)
        where t.ticket_id = r.ticket_id
        """;

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancel)
    {
        var rows = new Dictionary<Guid, ListedTicket>();
        foreach (var e in events)
        {
            if (Change(rows.GetValueOrDefault(e.StreamId), e.StreamId, e.Data) is { } row)
            {
                rows[e.StreamId] = row with { Version = e.Version };
            }
        }

        Queue(operations, Insert, [.. rows.Values.Where(r => r.Source is not null)]);
        Queue(operations, Update, [.. rows.Values.Where(r => r.Source is null)]);
        return Task.CompletedTask;
    }

    /// <summary>What an event changes in a ticket's row; null for events of other streams.</summary>
    internal static ListedTicket? Change(ListedTicket? row, Guid ticketId, object data)
    {
        var before = row ?? new ListedTicket(ticketId);
        return data switch
        {
            TicketImported e => new ListedTicket(ticketId)
            {
                Step = e.Step, Kind = TicketKind.Imported, Source = e.Source, ExternalId = e.ExternalId,
                Title = e.Title, Type = e.Type, State = e.State, Status = e.Status, AgentId = e.AgentId,
                CreatedAt = e.OccurredAt, UpdatedAt = e.StatusAt
            },
            TicketSubmitted e => new ListedTicket(ticketId)
            {
                Step = e.Step, Kind = TicketKind.Intake, Source = Ticket.OwnSource, ExternalId = e.Number,
                Title = e.Subject, Status = IntakeStatuses.New, AgentId = e.AgentId, CreatedAt = e.OccurredAt,
                UpdatedAt = e.OccurredAt
            },
            TicketAssigned e => before with
            {
                AgentId = e.AgentId, Assigned = true, Step = e.Step, UpdatedAt = e.OccurredAt
            },
            TicketStatusChanged e => before with { Status = e.To, Step = e.Step, UpdatedAt = e.OccurredAt },
            TicketReclassified e => before with
            {
                Type = e.Type, State = e.State, Classified = true, Step = e.Step, UpdatedAt = e.OccurredAt
            },
            TicketRenamed e => before with { Title = e.Title, Step = e.Step, UpdatedAt = e.OccurredAt },
            RejectionRecorded e => before with { Step = e.Step, UpdatedAt = e.OccurredAt },
            RejectionLabelRemoved e => before with { Step = e.Step, UpdatedAt = e.OccurredAt },
            RejectionsExcused e => before with { Step = e.Step, UpdatedAt = e.OccurredAt },
            ExcuseWithdrawn e => before with { Step = e.Step, UpdatedAt = e.OccurredAt },
            RejectionDisputed e => before with { Step = e.Step, UpdatedAt = e.OccurredAt },
            DisputeDecided e => before with { Step = e.Step, UpdatedAt = e.OccurredAt },
            _ => null
        };
    }

    private static void Queue(IDocumentOperations operations, string sql, ListedTicket[] rows)
    {
        if (rows.Length > 0)
        {
            operations.QueueSqlCommand(sql, JsonSerializer.Serialize(rows, Json));
        }
    }
}

/// <summary>A row of the list, or what changes in it; members as the columns of the table.</summary>
internal sealed record ListedTicket(Guid TicketId)
{
    public long Version { get; init; }

    public int Step { get; init; }

    public TicketKind Kind { get; init; }

    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    public string? Title { get; init; }

    public string? Type { get; init; }

    public string? State { get; init; }

    public bool Classified { get; init; }

    public string? Status { get; init; }

    public Guid? AgentId { get; init; }

    public bool Assigned { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
