using Performance.Scoring.Rejections;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>A page of a list.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, long Total, long Position);

/// <summary>A coaching session in a list.</summary>
internal sealed record SessionItem(
    Guid SessionId, Guid AgentId, string AgentName, Guid? TicketId, DateOnly Date, string By);

/// <summary>The lists behind numbers, by what their measure counts.</summary>
internal sealed class Listing(
    ViewSnapshot views, Caller caller, Filters filters, AgentScope agents, Behind behind, (int Skip, int Take) page)
{
    public async Task<Page<TicketItem>> TicketsAsync(Measure measure, ScorePolicy policy, CancellationToken cancel)
    {
        var byEvents = measure.Name == Measure.RejectedTickets;
        var atRejection = policy.RejectionCredit == RejectionCredit.AtRejection
            && (byEvents || measure.Credited != TicketFlags.None);
        var scope = TicketScope.Of(filters, agents.Numbers(), views.Facets, atRejection ? "e.agent" : "f.agent");
        scope.Add(measure.Condition!);
        behind.Narrow(scope);
        var from = "from ticket_facts f";
        if (atRejection || byEvents)
        {
            from += " join rejection_events e using (ticket_id)";
        }

        if (atRejection && !byEvents)
        {
            scope.Add($"not e.excused and e.credits & {(int)measure.Credited} <> 0");
        }

        var (ticket, one) = byEvents
            ? ("distinct f.ticket_id", "distinct on (f.created_at, f.ticket_id)") : ("*", "");
        var total = await TotalAsync($"select count({ticket}) {from} {scope.Where}", scope, cancel);
        var items = await TicketLists.ReadAsync(
            views, caller,
            $"""
            select {TicketLists.Columns}
            from (select {one} f.* {from} {scope.Where} order by f.created_at, f.ticket_id {Limit(scope)}) f
                join ticket_histories h using (ticket_id)
            order by f.created_at, f.ticket_id
            """, scope.Parameters, cancel);
        return new(items, total, views.Position);
    }

    public async Task<Page<RejectionEventItem>> RejectionsAsync(ScorePolicy policy, CancellationToken cancel)
    {
        var (scope, column) = RejectionScope.Of(views, agents, filters, policy);
        behind.Narrow(scope);
        var total = await TotalAsync($"select count(*) {RejectionScope.From} {scope.Where}", scope, cancel);
        var items = await views.ReadAsync(
            $"""
            select e.event_id, e.ticket_id, h.source, h.external_id, h.title, e.cause, e.from_status, e.at, e.round,
                {column}, e.excused
            {RejectionScope.From} join ticket_histories h using (ticket_id) {scope.Where}
            order by e.at, e.ticket_id, e.ordinal {Limit(scope)}
            """,
            r => new RejectionEventItem(
                r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4),
                r.GetString(5), r.GetBoolean(6), TicketLists.In(views, r.GetFieldValue<DateTimeOffset>(7)),
                r.GetInt32(8), TicketLists.Kept(views, r.GetInt32(9)), Name(r.GetInt32(9)), r.GetBoolean(10)),
            cancel, scope.Parameters);
        return new(items, total, views.Position);
    }

    public async Task<Page<SessionItem>> SessionsAsync(CancellationToken cancel)
    {
        var scope = TicketScope.OfDates(filters, agents.Ids(), "agent_id", "date");
        var total = await TotalAsync($"select count(*) from coaching_sessions {scope.Where}", scope, cancel);
        var items = await views.ReadAsync(
            $"""
            select session_id, agent_id, ticket_id, date, held_by from coaching_sessions {scope.Where}
            order by date, session_id {Limit(scope)}
            """,
            r => new SessionItem(
                r.GetGuid(0), views.Merges.Kept(r.GetGuid(1)), caller.NameOf(views.Merges.Kept(r.GetGuid(1))),
                r.IsDBNull(2) ? null : r.GetGuid(2), r.GetFieldValue<DateOnly>(3), r.GetString(4)),
            cancel, scope.Parameters);
        return new(items, total, views.Position);
    }

    private string? Name(int number) =>
        TicketLists.Kept(views, number) is { } agent ? caller.NameOf(agent) : null;

    private string Limit(TicketScope scope) =>
        $"limit {scope.Parameter(page.Take)} offset {scope.Parameter(page.Skip)}";

    private async Task<long> TotalAsync(string sql, TicketScope scope, CancellationToken cancel) =>
        (await views.ReadAsync(sql, r => r.GetInt64(0), cancel, scope.Parameters.ToList()))[0];
}
