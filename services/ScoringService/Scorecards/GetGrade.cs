using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>An event behind a number of the receipt.</summary>
internal sealed record ReceiptEvent(string Measure, Guid TicketId, Guid EventId);

/// <summary>A grade with everything that it came from.</summary>
internal sealed record Receipt(
    Guid AgentId,
    string Name,
    string Month,
    string? Grade,
    string? BaseGrade,
    int Drop,
    string? GradeNote,
    decimal Score,
    decimal MeasuredMax,
    string? ScoreBand,
    int PolicyVersion,
    IReadOnlyList<ScoreComponent> Components,
    ScorecardRow Inputs,
    IReadOnlyList<ReceiptEvent> Events,
    IReadOnlyList<GradeMove> Moves,
    long Position,
    DateTimeOffset AsOf);

/// <summary><c>GET /api/scoring/agents/{agentId}/grade?month=</c>: the receipt.</summary>
internal static class GetGrade
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/agents/{agentId}/grade", async (
            string agentId, string? month, HttpContext http, ViewReader reader, AgentDirectory directory,
            TimeProvider clock, CancellationToken cancel) =>
        {
            var id = Input.Id("agentId", agentId);
            DateOnly? asked = month is null ? null : Input.Month("month", month);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var agent = caller.Agent(id, views);
            var now = clock.GetUtcNow();
            var scored = BusinessZone.MonthNumber(asked ?? views.Settings.Zone.DayOf(now));
            return await ReadAsync(views, caller, agent, scored, now, cancel);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    private static async Task<Receipt> ReadAsync(
        ViewSnapshot views, Caller caller, Guid agent, int month, DateTimeOffset now, CancellationToken cancel)
    {
        var filters = Filters.None with { Months = [month] };
        var agents = AgentScope.Of(views, agent);
        var version = GetScorecard.PolicyFor(views, filters, now);
        var policy = version.Policy;
        var counts = (await ScorecardQuery.CountsAsync(views, filters, agents, policy, cancel))
            .GetValueOrDefault(agent) ?? new Counts();
        var records = (await RecordsQuery.ReadAsync(views, filters, agents, policy, cancel))
            .GetValueOrDefault(agent) ?? AgentRecords.None;
        var row = ScorecardRow.Of(agent, caller.NameOf(agent), counts, records, policy);
        var score = Score.Of(
            row.FirstPassRate, row.ReRejectionRate, row.RejectRate, row.Attendance, row.DailyAvg, row.Target, policy);
        return new Receipt(
            agent, row.Name, BusinessZone.MonthOf(month).ToString("yyyy-MM"), row.Grade, row.BaseGrade, row.Drop ?? 0,
            row.GradeNote, score.Total, score.MeasuredMax, score.Band, version.Version, score.Components, row,
            await EventsAsync(views, filters, agents, policy, cancel), GradeMoves.Of(counts, records, policy),
            views.Position, now);
    }

    /// <summary>One entry per rejection event, and one per ticket for each count that it settles.</summary>
    private static async Task<List<ReceiptEvent>> EventsAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, ScorePolicy policy, CancellationToken cancel)
    {
        var column = policy.RejectionCredit == RejectionCredit.AtRejection ? "e.agent" : "f.agent";
        var scope = TicketScope.Of(filters, agents.Numbers(), views.Facets, column).Add("not e.excused");
        var rows = await views.ReadAsync(
            $"""
            select e.ticket_id, e.event_id, e.credits
            from rejection_events e join ticket_facts f using (ticket_id) {scope.Where}
            order by e.at, e.ticket_id, e.ordinal
            """,
            r => (Ticket: r.GetGuid(0), Event: r.GetGuid(1), Credits: (TicketFlags)r.GetInt32(2)), cancel,
            scope.Parameters);
        (string Measure, TicketFlags Flag)[] settled =
        [
            ("failedFirstPass", TicketFlags.FailedFirstPass), ("rejected", TicketFlags.Rejected),
            ("reRejected", TicketFlags.ReRejected)
        ];
        return
        [
            .. rows.SelectMany(r => settled.Where(s => (r.Credits & s.Flag) != 0)
                .Select(s => new ReceiptEvent(s.Measure, r.Ticket, r.Event))
                .Prepend(new ReceiptEvent(Measure.RejectEvents, r.Ticket, r.Event)))
        ];
    }
}
