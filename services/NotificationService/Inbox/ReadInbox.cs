using Marten;
using Npgsql;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Intake;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Inbox;

/// <summary>
/// <c>GET inbox?unread=</c>: the caller's own inbox, newest first, with the number of unread entries.
/// </summary>
internal static class ReadInbox
{
    /// <summary>Ticket: its id at the source; title: what it is called there; grades: of news of grades.</summary>
    internal sealed record Row(
        Guid Id, string Kind, Guid? TicketId, string? Ticket, string? Title, string? By, DateTimeOffset OccurredAt,
        DateTimeOffset? ReadAt, IReadOnlyList<GradeChange>? Grades);

    internal sealed record Page(IReadOnlyList<Row> Items, int Total, int Unread);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/inbox", async (
            string? unread, string? page, string? pageSize, HttpContext http, IQuerySession session,
            Recipients recipients, NpgsqlDataSource database, CancellationToken cancel) =>
        {
            var (skip, take) = Input.Page(page, pageSize, 20);
            var onlyUnread = Input.Flag("unread", unread);
            var own = await OwnAsync(http, recipients, cancel);
            if (own.Count == 0)
            {
                return Results.Ok(new Page([], 0, 0));
            }

            var found = session.Query<InboxEntry>().Where(e => own.Contains(e.AgentId));
            if (onlyUnread)
            {
                found = found.Where(e => e.Unread);
            }

            var total = await found.CountAsync(cancel);
            var entries = await found.OrderByDescending(e => e.OccurredAt).Skip(skip).Take(take).ToListAsync(cancel);
            var names = await NamesAsync(
                database, [.. entries.Select(e => e.TicketId).OfType<Guid>().Distinct()], cancel);
            var rows = entries.Select(e => Show(e, names.GetValueOrDefault(e.TicketId ?? Guid.Empty))).ToList();
            return Results.Ok(new Page(rows, total, await UnreadAsync(session, own, cancel)));
        }).RequireAuthorization(Policies.Person).Produces<Page>();

    /// <summary>
    /// The inboxes that are the caller's: of the agent records, and those shared by the supervisors of the teams. None
    /// for who has neither, such as an admin.
    /// </summary>
    public static async Task<List<Guid>> OwnAsync(HttpContext http, Recipients recipients, CancellationToken cancel)
    {
        var user = CurrentUser.From(http.User);
        List<Guid> own = user.AgentId is { } agent ? [.. await recipients.FamilyAsync(agent, cancel)] : [];
        return user.IsSupervisor ? [.. own, .. user.Teams.Select(StreamIds.TeamInbox).Order()] : own;
    }

    public static Task<int> UnreadAsync(IQuerySession session, List<Guid> own, CancellationToken cancel) =>
        session.Query<InboxEntry>().Where(e => own.Contains(e.AgentId) && e.Unread).CountAsync(cancel);

    private static Row Show(InboxEntry entry, (string? Ticket, string? Title) name) => new(
        entry.Id, entry.Kind, entry.TicketId, name.Ticket, name.Title, entry.By, entry.OccurredAt, entry.ReadAt,
        entry.Grades);

    private static async Task<Dictionary<Guid, (string? Ticket, string? Title)>> NamesAsync(
        NpgsqlDataSource database, Guid[] tickets, CancellationToken cancel)
    {
        var names = new Dictionary<Guid, (string?, string?)>();
        await using var read = database.CreateCommand(
            "select ticket_id, external_id, title from ticket_name where ticket_id = any($1)");
        read.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = tickets });
        await using var reader = await read.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            names[reader.GetGuid(0)] = (reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));
        }

        return names;
    }
}
