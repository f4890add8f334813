using System.Globalization;
using Marten;
using Performance.Coaching.Agents;
using Performance.Coaching.Sessions;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Records;

/// <summary>
/// <c>GET agents/{agentId}/record.pdf?from=&amp;to=</c> and <c>GET sessions/record.pdf?ticketId=</c>: the print-ready
/// coaching record of an agent, or of a ticket as far as the asker may see its sessions. Nothing of it is kept.
/// </summary>
internal static class PrintRecord
{
    /// <summary>More than anybody signs at once.</summary>
    private const int Most = 500;

    private const string Pdf = "application/pdf";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/agents/{agentId}/record.pdf", async (
            string agentId, string? from, string? to, HttpContext http, IQuerySession session, TimeProvider clock,
            IConfiguration configuration, CancellationToken cancel) =>
        {
            var (first, last) = (OptionalDate("from", from), OptionalDate("to", to));
            if (first > last)
            {
                throw new InvalidFieldException("from", "is after to");
            }

            var organisation = await Organisation.LoadAsync(session, cancel);
            var user = CurrentUser.From(http.User);
            var seen = organisation.Seen(user, Input.Id("agentId", agentId)).Id;
            var agent = organisation.Agent(organisation.Merges.Root(seen));
            var family = organisation.Merges.Family(seen).ToList();
            var (least, most) = (first ?? DateOnly.MinValue, last ?? DateOnly.MaxValue);
            var found = await OldestFirstAsync(session.Query<CoachingSession>().Where(
                s => family.Contains(s.AgentId) && s.Date >= least && s.Date <= most), "from", cancel);
            var sheet = new Sheet(new BusinessDay(configuration), clock.GetUtcNow(), user.UserName);
            return sheet.Print(http, organisation, agent.Name, found,
            [
                ("Agent", agent.Name),
                ("Team", TeamName(organisation, agent)),
                ("Period", sheet.Period(first, last, found)),
                ("Sessions", sheet.Count(found))
            ]);
        }).RequireAuthorization(Policies.Person).Produces(StatusCodes.Status200OK, contentType: Pdf);

        group.MapGet("/sessions/record.pdf", async (
            string? ticketId, HttpContext http, IQuerySession session, TimeProvider clock, IConfiguration configuration,
            CancellationToken cancel) =>
        {
            var ticket = Input.Id("ticketId", ticketId);
            var organisation = await Organisation.LoadAsync(session, cancel);
            var user = CurrentUser.From(http.User);
            var agents = ReadSessions.Agents(organisation, user, null);
            var found = await OldestFirstAsync(session.Query<CoachingSession>().Where(
                s => s.TicketId == ticket && agents.Contains(s.AgentId)), "ticketId", cancel);
            var name = found.LastOrDefault(s => s.TicketName is not null)?.TicketName ?? ticket.ToString();
            var sheet = new Sheet(new BusinessDay(configuration), clock.GetUtcNow(), user.UserName);
            return sheet.Print(
                http, organisation, name, found, [("Ticket", name), ("Sessions", sheet.Count(found))]);
        }).RequireAuthorization(Policies.Person).Produces(StatusCodes.Status200OK, contentType: Pdf);
    }

    private static async Task<IReadOnlyList<CoachingSession>> OldestFirstAsync(
        IQueryable<CoachingSession> sessions, string field, CancellationToken cancel)
    {
        var found = await sessions.OrderBy(s => s.Date).ThenBy(s => s.RecordedAt).Take(Most + 1).ToListAsync(cancel);
        return found.Count <= Most ? found
            : throw new InvalidFieldException(field, $"asks for over {Most} sessions: choose a shorter period");
    }

    private static DateOnly? OptionalDate(string field, string? text) =>
        string.IsNullOrEmpty(text) ? null : Input.Date(field, text);

    private static string TeamName(Organisation organisation, Agent agent) =>
        agent.TeamId is { } id && organisation.Teams.GetValueOrDefault(id) is { } team ? team.Name : "–";

    /// <summary>One printing: when, and for whom.</summary>
    private sealed class Sheet(BusinessDay days, DateTimeOffset now, string userName)
    {
        private readonly DateOnly today = days.Of(now);

        public IResult Print(
            HttpContext http, Organisation organisation, string name, IReadOnlyList<CoachingSession> sessions,
            IReadOnlyList<(string Label, string Text)> facts)
        {
            var printed = $"{days.Moment(now)} by {userName}";
            var title = $"Coaching record: {name}";
            var record = new CoachingRecord(
                title, [.. facts, ("Printed", printed)],
                [.. sessions.Select(s => (s, organisation.Agent(organisation.Merges.Root(s.AgentId)).Name))],
                ["Agent", "Supervisor"]);
            var file = RecordPdf.Draw(title, printed, now, record.Paragraphs(days, today));
            // Shown by the browser, from where it is printed or kept; by nobody's cache, as it names a person.
            http.Response.Headers.ContentDisposition = $"inline; filename=\"coaching-record-{today:yyyy-MM-dd}.pdf\"";
            http.Response.Headers.CacheControl = "private, no-store";
            return Results.Bytes(file, Pdf);
        }

        public string Count(IReadOnlyList<CoachingSession> sessions)
        {
            var open = sessions.Count(s => s.ActionItem is not null && s.ActionDoneAt is null);
            return string.Create(CultureInfo.InvariantCulture, $"{sessions.Count}; action items open: {open}");
        }

        public string Period(DateOnly? first, DateOnly? last, IReadOnlyList<CoachingSession> sessions) =>
            $"{BusinessDay.Short(first ?? (sessions.Count > 0 ? sessions[0].Date : today))} to "
            + BusinessDay.Short(last ?? today);
    }
}
