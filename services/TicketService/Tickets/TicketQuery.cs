namespace Performance.Tickets;

/// <summary>The condition on <c>ticket_list</c> that filters and sight make; values only ever as parameters.</summary>
internal static class TicketQuery
{
    public static string Where(
        TicketFilters filters, TicketAccess access, string zone, out IReadOnlyList<object> values)
    {
        var given = new List<object>();
        var conditions = new List<string> { "true" };
        if (!access.User.IsAdmin)
        {
            // Sight by sets of agents: the records of those who were merged count for the kept one.
            var visible = access.VisibleAgents()!;
            conditions.Add($"(agent_id = any ({Next(visible)}){(access.MaySee(null) ? " or agent_id is null" : "")})");
        }

        foreach (var spans in filters.Created)
        {
            conditions.Add("(" + string.Join(
                " or ", spans.Select(s => $"(created_at >= {Next(s.From)} and created_at < {Next(s.To)})")) + ")");
        }

        if (filters.IsoDays.Length > 0)
        {
            conditions.Add(
                $"extract(isodow from created_at at time zone {Next(zone)})::int = any ({Next(filters.IsoDays)})");
        }

        if (filters.Assignees.Length > 0 || filters.Unassigned)
        {
            Guid[] records =
            [
                .. filters.Assignees,
                .. access.Agents.Values.Where(a => a.MergedInto is { } kept && filters.Assignees.Contains(kept))
                    .Select(a => a.AgentId)
            ];
            conditions.Add($"(agent_id = any ({Next(records)}){(filters.Unassigned ? " or agent_id is null" : "")})");
        }

        AddAny("type", filters.Types);
        AddAny("state", filters.States);
        AddAny("lower(btrim(status))", filters.Statuses);
        AddAny("source", filters.Source is { } source ? [source] : []);
        AddAny("external_id", filters.TicketId is { } id ? [id] : []);
        if (filters.Coached)
        {
            conditions.Add("exists (select 1 from coached_ticket c where c.ticket_id = t.ticket_id)");
        }

        if (filters.Search is { } search)
        {
            var pattern = Next($"%{search.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");
            conditions.Add($"(external_id ilike {pattern} or title ilike {pattern})");
        }

        values = given;
        return string.Join(" and ", conditions);

        string Next(object value)
        {
            given.Add(value);
            return $"${given.Count}";
        }

        void AddAny(string column, string[] wanted)
        {
            if (wanted.Length > 0)
            {
                conditions.Add($"{column} = any ({Next(wanted)})");
            }
        }
    }
}
