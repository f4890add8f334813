using Marten;
using Marten.Events.Daemon.Coordination;
using Performance.Scoring.Views;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>An upgrade that changes the views fills them from the events (docs/adr/0055).</summary>
public sealed class ViewsOfAnotherVersion(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Fact]
    public async Task Are_made_anew_when_the_service_starts_and_not_written_by_the_other_one()
    {
        await host.HappenedAsync([.. Enumerable.Range(0, 20).Select(i => Stories.Of(i, "source"))]);
        var before = await FactsAsync();
        Assert.NotEqual("", before);

        // As an older version would have left them: another definition, and rows that this one would not write.
        await host.ExecuteAsync("update scoring_views_definition set definition = 'older'");
        await host.ExecuteAsync("update ticket_facts set flags = 0");
        await host.ExecuteAsync("alter table ticket_facts add column long_gone integer");
        await using (var session = host.Store.LightweightSession())
        {
            var views = new ScoringViews(host.Database);
            var events = await session.Events.QueryAllRawEvents().ToListAsync();
            await Assert.ThrowsAsync<InvalidOperationException>(() => views.ApplyAsync(session, events, default));
        }

        // What a start does, in its order.
        var daemon = host.Services.GetRequired<IProjectionCoordinator>();
        await daemon.PauseAsync();
        await ViewTables.CreateAsync(host.Database, default);
        await daemon.ResumeAsync();

        await Eventually.Async(async () => await FactsAsync() == before);
        Assert.Equal(ViewTables.Definition, await DefinitionAsync());
    }

    [Fact]
    public async Task Stay_when_the_service_starts_again()
    {
        var agent = Guid.NewGuid();
        await host.ExecuteAsync(
            "insert into work_days (agent_id, date, entries) values ($1, '2026-01-05', 7)", agent);

        await ViewTables.CreateAsync(host.Database, default);

        Assert.Equal(7, await host.ScalarAsync<int>("select entries from work_days where agent_id = $1", agent));
    }

    private Task<string?> DefinitionAsync() =>
        host.ScalarAsync<string>("select definition from scoring_views_definition");

    private Task<string?> FactsAsync() => host.ScalarAsync<string>("""
        select coalesce(string_agg(
            (f.ticket_id, month, flags, reject_events, a.value)::text, ',' order by f.ticket_id), '')
        from ticket_facts f left join scoring_facets a on (a.kind, a.id) = (1, f.agent)
        """);
}
