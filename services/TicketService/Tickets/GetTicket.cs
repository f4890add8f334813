using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;

namespace Performance.Tickets;

/// <summary><c>GET /api/tickets/{id}</c>, with an ETag for If-Match and If-None-Match.</summary>
internal static class GetTicket
{
    /// <param name="TicketId">Its id at the source; what people call it.</param>
    /// <param name="Allowed">Where an intake ticket may go now; null for imported ones, which may go anywhere.</param>
    internal sealed record Answer(
        Guid Id,
        string Source,
        string TicketId,
        TicketKind Kind,
        string? Title,
        string? Type,
        string? State,
        string Status,
        Guid? AgentId,
        DateTimeOffset CreatedAt,
        DateTimeOffset UpdatedAt,
        Requestor? Requestor,
        IReadOnlyList<RejectionView> Rejections,
        IReadOnlyList<string>? Allowed,
        long Version);

    /// <param name="Label">Null for an entry into a rejection status.</param>
    /// <param name="Dispute">How the latest dispute about it stands: open, accepted or declined; null: none.</param>
    internal sealed record RejectionView(
        Guid EventId, string? Label, DateTimeOffset? OccurredAt, bool Excused, string? Dispute);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/{id}", async (
            string id, HttpContext http, TicketCommands tickets, CancellationToken cancel) =>
        {
            var (ticket, events, access) = await tickets.ReadAsync(id, cancel);
            var etag = RequestHeaders.ETag(events[^1].Version);
            http.Response.Headers.ETag = etag;
            return http.Request.Headers.IfNoneMatch.Contains(etag)
                ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Ok(View(ticket, access, events[^1].Version));
        })
        .RequireAuthorization(Policies.Person)
        .Produces<Answer>()
        .WithName("GetTicket");

    private static Answer View(Ticket ticket, TicketAccess access, long version) => new(
        ticket.Id, ticket.Source, ticket.ExternalId, ticket.Kind, ticket.Title, ticket.Type, ticket.State,
        ticket.Status, access.Resolve(ticket.AgentId), ticket.CreatedAt, ticket.UpdatedAt, ticket.Requestor,
        [
            .. ticket.StandingRejections.Select(r => new RejectionView(
                r.EventId, r.Label, r.OccurredAt, r.Excused, StateOf(ticket, r.EventId)))
        ],
        ticket.Kind == TicketKind.Imported ? null : IntakeStatuses.MovesFrom(ticket.Status), version);

    private static string? StateOf(Ticket ticket, Guid rejection) =>
        ticket.Disputes.LastOrDefault(d => d.Covered.Contains(rejection)) is not { } dispute ? null
        : dispute.Accepted switch { null => "open", true => "accepted", false => "declined" };
}
