using Performance.Scoring.AsOf;
using Performance.Scoring.Months;
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
    DateTimeOffset AsOf)
{
    /// <summary>Whether the month is closed: all but the events is as it was then, and nothing moves it.</summary>
    public bool Frozen { get; init; }
}

/// <summary><c>GET /api/scoring/agents/{agentId}/grade?month=</c>: the receipt, with <c>asOf=</c> as of then.</summary>
internal static class GetGrade
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/agents/{agentId}/grade", async (
            string agentId, string? month, HttpContext http, ViewReader reader, AsOfReader past,
            AgentDirectory directory, TimeProvider clock, CancellationToken cancel) =>
        {
            var id = Input.Id("agentId", agentId);
            var asOf = AsOfInstant.From(http.Request.Query, clock.GetUtcNow());
            DateOnly? asked = month is null ? null : Input.Month("month", month);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var agent = caller.Agent(id, views);
            var now = clock.GetUtcNow();
            var scored = BusinessZone.MonthNumber(asked ?? views.Settings.Zone.DayOf(now));
            return asOf is { } instant
                ? await AsOfGrade.ReadAsync(views, past, caller, id, asked, instant, cancel)
                : await ReadAsync(views, caller, agent, scored, now, cancel);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    private static async Task<Receipt> ReadAsync(
        ViewSnapshot views, Caller caller, Guid agent, int month, DateTimeOffset now, CancellationToken cancel)
    {
        var filters = Filters.None with { Months = [month] };
        var agents = AgentScope.Of(views, agent);
        var version = GetScorecard.PolicyFor(views, filters, now);
        var policy = version.Policy;
        var tally = await Tally.ReadAsync(views, filters, agents, policy, cancel);
        var frozen = await FrozenMonths.FindAsync(views, filters, cancel);
        return Of(
            agent, caller.NameOf(agent), month, tally, version, frozen,
            await EventsAsync(views, filters, agents, policy, cancel), views.Position, now);
    }

    /// <summary>The receipt of what was counted; of a closed month, of what was counted then.</summary>
    public static Receipt Of(
        Guid agent, string name, int month, Tally tally, PolicyVersion version, MonthClosed? frozen,
        IReadOnlyList<ReceiptEvent> events, long position, DateTimeOffset asOf)
    {
        var policy = version.Policy;
        var counts = tally.Counts.GetValueOrDefault(agent) ?? new Counts();
        var records = tally.Records.GetValueOrDefault(agent) ?? AgentRecords.None;
        var row = frozen is null ? ScorecardRow.Of(agent, name, counts, records, policy)
            : frozen.RowOf(agent) is { } closed ? closed.ToRow(name, policy)
            : FrozenRow.Onto(ScorecardRow.Of(agent, name, new Counts(), AgentRecords.None, policy), null, policy);
        var score = Score.Of(
            row.FirstPassRate, row.ReRejectionRate, row.RejectRate, row.Attendance, row.DailyAvg, row.Target, policy);
        return new Receipt(
            agent, name, BusinessZone.MonthOf(month).ToString("yyyy-MM"), row.Grade, row.BaseGrade, row.Drop ?? 0,
            row.GradeNote, row.Score ?? score.Total, row.MeasuredMax ?? score.MeasuredMax,
            frozen is null ? score.Band : row.ScoreBand, version.Version, score.Components, row, events,
            frozen is null ? GradeMoves.Of(counts, records, policy) : [], position, asOf)
        {
            Frozen = frozen is not null
        };
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
        return [.. rows.SelectMany(r => Settled(r.Ticket, r.Event, r.Credits))];
    }

    /// <summary>What one rejection event settles.</summary>
    public static IEnumerable<ReceiptEvent> Settled(Guid ticket, Guid rejection, TicketFlags credits)
    {
        (string Measure, TicketFlags Flag)[] settled =
        [
            ("failedFirstPass", TicketFlags.FailedFirstPass), ("rejected", TicketFlags.Rejected),
            ("reRejected", TicketFlags.ReRejected)
        ];
        return settled.Where(s => (credits & s.Flag) != 0).Select(s => new ReceiptEvent(s.Measure, ticket, rejection))
            .Prepend(new ReceiptEvent(Measure.RejectEvents, ticket, rejection));
    }
}
