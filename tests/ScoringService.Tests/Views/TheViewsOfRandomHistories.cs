using JasperFx.Events.Projections;
using Marten;
using Performance.Scoring.Feeds;
using Performance.Scoring.Months;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>
/// Live, in random portions and order, with status classes and the zone changing in between; then rebuilt from the
/// store alone: the views are the same, and what a naive recomputation of the events gives.
/// </summary>
public sealed class TheViewsOfRandomHistories(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Now = Story.Beginning;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rebuilt_they_equal_live_and_the_definitions(int seed)
    {
        var random = new Random(seed);
        Story[] stories = [.. Enumerable.Range(0, 60).Select(i => Stories.Of((seed * 1_000) + i, $"source-{i % 3}"))];
        var rest = stories.Select(s => new Queue<WorkEvent>(s.Events)).Where(q => q.Count > 0).ToList();
        while (rest.Count > 0)
        {
            var portion = new List<(Guid, object)>();
            for (var i = random.Next(1, 40); i > 0 && rest.Count > 0; i--)
            {
                var ticket = rest[random.Next(rest.Count)];
                portion.Add((ticket.Peek().TicketId, ticket.Dequeue()));
                rest.RemoveAll(q => q.Count == 0);
            }

            portion.AddRange(Others(random));
            await host.HappenedAsync(portion);
        }

        var live = await DumpAsync();
        await RebuildAsync();
        Assert.Equal(live, await DumpAsync());
        await ShouldBeAsTheDefinitionsSayAsync(stories);
    }

    /// <summary>Now and then: another zone, other status classes, activity, records of agents.</summary>
    private static IEnumerable<(Guid, object)> Others(Random random)
    {
        var agent = Stories.Agents[random.Next(5)];
        var at = Now.AddMinutes(random.Next(100_000));
        var source = $"source-{random.Next(3)}";
        var month = new DateOnly(2024, 1 + random.Next(3), 1);
        return random.Next(10) switch
        {
            8 => [(StreamIds.Month(month), new MonthClosed(month, random.Next(3), [], 8, "admin", Now))],
            9 => [(StreamIds.Month(month), new MonthReopened(month, "admin", "a ticket was missing", Now))],
            0 => [(StreamIds.Settings, new SettingsChanged(ScoringSettings.Default with
            {
                BusinessZone = random.Next(2) == 0 ? "Asia/Kolkata" : "America/Los_Angeles"
            }, "admin", Now))],
            1 => [(StreamIds.Source(source), new StatusClassesDefined(
                source, random.Next(2) == 0 ? [] : ["Resolved", "Clo*"], [], ["On Hold"], Now, Now))],
            2 => [Happening.Payment(agent, at, random.Next(100) / 3m), Happening.Payment(agent, at, 5m, "EUR")],
            3 => [Happening.Complaint(agent, at, "c1"), Happening.Resolved(agent, at.AddHours(3), "c1", "other")],
            4 => [Happening.WorkDay(agent, new(2024, 1, 1 + random.Next(20)), random.Next(30)),
                Happening.WorkDayGone(agent, new(2024, 1, 1 + random.Next(20)))],
            5 => [Happening.Attendance(
                agent, 2024, 1 + random.Next(12), random.Next(4) == 0 ? null : random.Next(101))],
            6 => [Happening.Ramp(agent, random.Next(2) == 0 ? null : new(2024, 1, 1)),
                Happening.Session(agent, new(2024, 1, 5))],
            _ => [Happening.Call(agent, at), Happening.Raised(agent, at), Happening.Completed(agent, at)]
        };
    }

    private async Task RebuildAsync()
    {
        using var daemon = await host.Store.BuildProjectionDaemonAsync();
        var coordinator = host.Services.GetRequired<Marten.Events.Daemon.Coordination.IProjectionCoordinator>();
        await coordinator.PauseAsync();
        await daemon.RebuildProjectionAsync(ScoringViews.Name, Patience, CancellationToken.None);
        await coordinator.ResumeAsync();
        await host.UpToDateAsync();
    }

    private async Task ShouldBeAsTheDefinitionsSayAsync(Story[] stories)
    {
        await using var views = await host.Services.GetRequired<ViewReader>().OpenAsync(default);
        var classes = (await views.ReadAsync(
            "select source, data::text from status_classes", r => (r.GetString(0), r.GetString(1)), default))
            .ToDictionary(r => r.Item1, r => System.Text.Json.JsonSerializer.Deserialize<StatusClasses>(r.Item2)!);
        var facts = (await views.ReadAsync(
            """
            select ticket_id, flags, agent, month, week, weekday, reject_events, hold_since,
                (select count(*) from rejection_events e where e.ticket_id = f.ticket_id and not excused)
            from ticket_facts f
            """,
            r => (Id: r.GetGuid(0), Flags: (TicketFlags)r.GetInt32(1), Agent: views.Facets.Agent(r.GetInt32(2)),
                Day: (r.GetInt32(3), r.GetInt32(4), (int)r.GetInt16(5)), Rejects: (long)r.GetInt32(6),
                Hold: r.IsDBNull(7) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(7),
                Events: r.GetInt64(8)), default)).ToDictionary(f => f.Id);
        var days = (await views.ReadAsync(
            "select ticket_id, day from ticket_days",
            r => (Id: r.GetGuid(0), Day: r.GetFieldValue<DateOnly>(1)), default)).ToLookup(d => d.Id, d => d.Day);
        foreach (var story in stories)
        {
            var source = ((WorkOpened)story.Events[0]).Source;
            var naive = new NaiveTicket(story.Events, classes.GetValueOrDefault(source) ?? StatusClasses.Default);
            var row = facts[story.TicketId];
            var day = views.Settings.Zone.DayOf(story.CreatedAt);
            var rejects = naive.Rejections().LongCount(r => !r.Excused);
            Assert.Equal(
                (naive.Flags(), naive.Agent, rejects, rejects), (row.Flags, row.Agent, row.Rejects, row.Events));
            Assert.Equal(
                (BusinessZone.MonthNumber(day), BusinessZone.WeekNumber(day), BusinessZone.WeekdayNumber(day)),
                row.Day);
            Assert.Equal(naive.HoldSince() is null, row.Hold is null);
            Assert.Equal(
                story.Events.Select(e => e.OccurredAt).Append(((WorkOpened)story.Events[0]).StatusAt)
                    .Select(views.Settings.Zone.DayOf).Distinct().Order(), days[story.TicketId].Order());
        }
    }

    /// <summary>Every row of every view, with names in place of their numbers, which are no content.</summary>
    private async Task<string> DumpAsync()
    {
        await using var views = await host.Services.GetRequired<ViewReader>().OpenAsync(default);
        var tables = ViewTables.Names.Except(["scoring_facets", "ticket_facts", "rejection_events"])
            .Select(t => $"select '{t}' || t::text from {t} t");
        const string Facts = """
            select 'ticket_facts' || (t.ticket_id, created_at, cycle_us, move_us, month, week, weekday, flags,
                reject_events, hold_since, a.value, y.value, s.value, u.value)::text
            from ticket_facts t left join scoring_facets a on (a.kind, a.id) = (1, t.agent)
                left join scoring_facets y on (y.kind, y.id) = (2, t.type)
                left join scoring_facets s on (s.kind, s.id) = (3, t.state)
                left join scoring_facets u on (u.kind, u.id) = (4, t.status)
            """;
        const string Rejections = """
            select 'rejection_events' || (ticket_id, event_id, ordinal, cause, from_status, at, round, a.value, excused,
                excused_by, excuse_reason, excused_at, credits)::text
            from rejection_events e left join scoring_facets a on (a.kind, a.id) = (1, e.agent)
            """;
        var rows = await views.ReadAsync(
            string.Join(" union all ", [.. tables, Facts, Rejections]) + " order by 1", r => r.GetString(0), default);
        return string.Join('\n', rows);
    }
}
