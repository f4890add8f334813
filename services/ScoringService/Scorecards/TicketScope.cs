using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>
/// Filters and the caller's scope as a condition on <c>ticket_facts f</c> (and, for those, on what carries an agent or
/// a date). Parts that let everything through are left out, so that the plan stays simple.
/// </summary>
internal sealed class TicketScope
{
    private readonly List<string> conditions = [];
    private readonly List<object> parameters = [];

    private TicketScope()
    {
    }

    public IReadOnlyList<object> Parameters => parameters;

    /// <summary>The whole where clause, or nothing.</summary>
    public string Where => conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions);

    /// <summary>Tickets in scope.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="agents">The numbers of the agents in scope, 0 for unassigned; null: all.</param>
    /// <param name="facets">The numbers' meaning.</param>
    /// <param name="agentColumn">The column that says who it counts for.</param>
    public static TicketScope Of(
        Filters filters, IReadOnlyList<int>? agents, Facets facets, string agentColumn = "f.agent")
    {
        var scope = new TicketScope();
        scope.AnyOf("f.month", filters.Months);
        scope.AnyOf("f.week", filters.Weeks);
        scope.AnyOf("f.weekday", filters.Weekdays);
        scope.AnyOf("f.type", [.. filters.Types.Select(v => facets.Id(FacetKind.Type, v))]);
        scope.AnyOf("f.state", [.. filters.States.Select(v => facets.Id(FacetKind.State, v))]);
        scope.AnyOf("f.status", [.. filters.Statuses.Select(v => facets.Id(FacetKind.Status, v))]);
        if (agents is not null)
        {
            scope.Add($"{agentColumn} = any({scope.Parameter(agents.ToArray())})");
        }

        if (filters.Coached)
        {
            scope.Add("f.ticket_id in (select ticket_id from coaching_sessions where ticket_id is not null)");
        }

        return scope;
    }

    /// <summary>What happened on a date in scope, by agent ids rather than numbers.</summary>
    public static TicketScope OfDates(Filters filters, IReadOnlyList<Guid>? agents, string agent, string date)
    {
        var scope = new TicketScope();
        scope.AnyOf($"(extract(year from {date}) * 12 + extract(month from {date}) - 1)::int", filters.Months);
        scope.AnyOf($"(extract(isoyear from {date}) * 100 + extract(week from {date}))::int", filters.Weeks);
        scope.AnyOf($"extract(isodow from {date})::int", filters.Weekdays);
        if (agents is not null)
        {
            scope.Add($"{agent} = any({scope.Parameter(agents.ToArray())})");
        }

        return scope;
    }

    public TicketScope Add(string condition)
    {
        conditions.Add(condition);
        return this;
    }

    public string Parameter(object value)
    {
        parameters.Add(value);
        return $"${parameters.Count}";
    }

    private void AnyOf(string column, IReadOnlyList<int> values)
    {
        if (values.Count > 0)
        {
            Add($"{column} = any({Parameter(values.ToArray())})");
        }
    }
}
