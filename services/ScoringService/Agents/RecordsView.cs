using Performance.Scoring.Live;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Agents;

/// <summary>What is recorded about agents beside their tickets. The last word on a thing counts.</summary>
internal static class RecordsView
{
    public static void Apply(ViewBatch batch, IReadOnlyList<object> facts)
    {
        QueueMerges(batch, facts);
        QueueAttendance(batch, facts);
        QueueRampPlans(batch, facts);
        QueueWorkDays(batch, facts);
        QueueSessions(batch, facts);
        QueueGoals(batch, facts);
        foreach (var e in facts.OfType<AgentRecordChanged>())
        {
            batch.Changes.Add(Topics.Scorecard, e.AgentId);
        }

        foreach (var e in facts.OfType<CoachingAnswered>())
        {
            batch.Changes.Add(Topics.Coaching, e.AgentId);
        }

        foreach (var e in facts.OfType<WeekReviewed>())
        {
            batch.Changes.Add(Topics.Reviews, e.Week);
        }
    }

    private static void QueueMerges(ViewBatch batch, IReadOnlyList<object> facts)
    {
        foreach (var e in facts.OfType<AgentRecordsMerged>())
        {
            batch.Queue("""
                insert into agent_merges (merged, kept) values (?, ?)
                on conflict (merged) do update set kept = excluded.kept
                """, e.Merged, e.Kept);
            batch.Changes.Add(Topics.Scorecard, Changes.All);
            batch.Changes.Add(Topics.Pipeline, Changes.All);
            batch.Changes.Add(Topics.My, e.Kept);
        }
    }

    private static void QueueAttendance(ViewBatch batch, IReadOnlyList<object> facts)
    {
        var last = facts.OfType<AttendanceNoted>()
            .GroupBy(e => (e.AgentId, Month: BusinessZone.MonthNumber(e.Month))).Select(g => (g.Key, g.Last().Percent));
        foreach (var ((agent, month), percent) in last)
        {
            if (percent is { } value)
            {
                batch.Queue("""
                    insert into attendance (agent_id, month, percent) values (?, ?, ?)
                    on conflict (agent_id, month) do update set percent = excluded.percent
                    """, agent, month, value);
            }
            else
            {
                batch.Queue("delete from attendance where agent_id = ? and month = ?", agent, month);
            }

            batch.Changes.Add(Topics.Scorecard, agent);
        }
    }

    private static void QueueRampPlans(ViewBatch batch, IReadOnlyList<object> facts)
    {
        foreach (var e in facts.OfType<RampPlanned>())
        {
            if (e.HireMonth is { } month)
            {
                batch.Queue("""
                    insert into ramp_plans (agent_id, hire_month) values (?, ?::date)
                    on conflict (agent_id) do update set hire_month = excluded.hire_month
                    """, e.AgentId, month);
            }
            else
            {
                batch.Queue("delete from ramp_plans where agent_id = ?", e.AgentId);
            }

            batch.Changes.Add(Topics.Scorecard, e.AgentId);
        }
    }

    private static void QueueWorkDays(ViewBatch batch, IReadOnlyList<object> facts)
    {
        var days = new Dictionary<(Guid Agent, DateOnly Date), int?>();
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case WorkDayCounted e:
                    days[(e.AgentId, e.Date)] = e.Entries;
                    batch.Changes.Add(Topics.Scorecard, e.AgentId);
                    break;
                case WorkDayEmptied e:
                    days[(e.AgentId, e.Date)] = null;
                    batch.Changes.Add(Topics.Scorecard, e.AgentId);
                    break;
            }
        }

        if (days.Count > 0)
        {
            batch.Queue(
                "delete from work_days w using unnest(?::uuid[], ?::date[]) as d (agent, date) "
                + "where w.agent_id = d.agent and w.date = d.date",
                days.Select(d => d.Key.Agent).ToArray(), days.Select(d => d.Key.Date).ToArray());
            var logged = days.Where(d => d.Value is not null).ToList();
            batch.Queue(
                "insert into work_days (agent_id, date, entries) select * from unnest(?::uuid[], ?::date[], ?::int[])",
                logged.Select(d => d.Key.Agent).ToArray(), logged.Select(d => d.Key.Date).ToArray(),
                logged.Select(d => d.Value!.Value).ToArray());
        }
    }

    private static void QueueSessions(ViewBatch batch, IReadOnlyList<object> facts)
    {
        foreach (var e in facts.OfType<SessionHeld>())
        {
            batch.Queue("""
                insert into coaching_sessions (session_id, agent_id, ticket_id, date, held_by)
                values (?, ?, nullif(?, '00000000-0000-0000-0000-000000000000'::uuid), ?::date, ?)
                on conflict (session_id) do nothing
                """, e.SessionId, e.AgentId, e.TicketId ?? Guid.Empty, e.Date, e.By);
            batch.Changes.Add(Topics.Scorecard, e.AgentId);
            batch.Changes.Add(Topics.Coaching, e.AgentId);
        }
    }

    private static void QueueGoals(ViewBatch batch, IReadOnlyList<object> facts)
    {
        foreach (var e in facts.OfType<GoalAgreed>())
        {
            var owner = e.AgentId?.ToString() ?? e.TeamId!;
            batch.Queue("""
                insert into goals (owner, metric, currency, from_month, amount)
                values (?, ?, ?, ?::date, nullif(?, -1))
                on conflict (owner, metric, currency, from_month) do update set amount = excluded.amount
                """, owner, e.Metric, e.Currency ?? "", e.From, e.Amount ?? -1m);
            batch.Changes.Add(Topics.My, e.AgentId?.ToString() ?? Changes.All);
        }
    }
}
