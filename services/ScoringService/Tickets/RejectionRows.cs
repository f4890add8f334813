using Performance.Scoring.Views;

namespace Performance.Scoring.Tickets;

/// <summary>The rejection events of folded tickets as rows.</summary>
internal static class RejectionRows
{
    public static void Queue(
        ViewBatch batch, FacetCodes codes, List<Guid> known,
        IReadOnlyList<(TicketHistory History, TicketFacts Facts)> tickets)
    {
        if (known.Count > 0)
        {
            batch.Queue("delete from rejection_events where ticket_id = any(?)", known.ToArray());
        }

        var rows = tickets.SelectMany(t => t.Facts.Rejections.Select((rejection, ordinal) =>
            (t.History.TicketId, Event: rejection, Ordinal: ordinal, Credits: Credits(t.Facts, rejection)))).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        batch.Queue("""
            insert into rejection_events (ticket_id, event_id, ordinal, cause, from_status, at, round, agent, excused,
                excused_by, excuse_reason, excused_at, credits)
            select id, event, ordinal, cause, from_status, at, round, agent, by is not null, by, reason,
                nullif(excused_at, 'epoch'), credits
            from unnest(?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::boolean[], ?::timestamptz[], ?::int[], ?::int[],
                ?::text[], ?::text[], ?::timestamptz[], ?::int[])
                as n (id, event, ordinal, cause, from_status, at, round, agent, by, reason, excused_at, credits)
            """,
            rows.Select(r => r.TicketId).ToArray(), rows.Select(r => r.Event.EventId).ToArray(),
            rows.Select(r => r.Ordinal).ToArray(), rows.Select(r => r.Event.Cause).ToArray(),
            rows.Select(r => r.Event.FromStatus).ToArray(), rows.Select(r => r.Event.At.ToUniversalTime()).ToArray(),
            rows.Select(r => r.Event.Round).ToArray(), rows.Select(r => codes.Of(r.Event.AgentId)).ToArray(),
            rows.Select(r => r.Event.Excuse?.By).ToArray(), rows.Select(r => r.Event.Excuse?.Reason).ToArray(),
            rows.Select(r => r.Event.Excuse?.At.ToUniversalTime() ?? DateTimeOffset.UnixEpoch).ToArray(),
            rows.Select(r => (int)r.Credits).ToArray());
    }

    /// <summary>
    /// What a rejection event settles on the agent who had the ticket then. One event each, the latest that makes it
    /// true, so that over all agents every ticket still counts once.
    /// </summary>
    public static TicketFlags Credits(TicketFacts facts, RejectionEvent rejection)
    {
        var counted = facts.Rejections.Where(r => !r.Excused).ToList();
        var credits = TicketFlags.None;
        if (counted.LastOrDefault() == rejection)
        {
            credits |= TicketFlags.Rejected | (facts.Flags & TicketFlags.ReRejected);
        }

        if (facts.Is(TicketFlags.FailedFirstPass) && counted.LastOrDefault(r => r.BeforeTerminal) == rejection)
        {
            credits |= TicketFlags.FailedFirstPass;
        }

        return credits;
    }
}
