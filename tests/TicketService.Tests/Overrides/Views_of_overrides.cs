using Marten;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;

namespace Performance.Tickets.Overrides;

/// <summary>What the tables say is what the fold says, whatever happened; and a rebuild says the same.</summary>
public sealed class Views_of_overrides(TicketApp app) : IClassFixture<TicketApp>
{
    private const int Tickets = 40;
    private static readonly string[] Statuses = ["Open", "State Rej/Hold", "Rejected by County", "Closed"];
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Say_of_random_histories_what_the_fold_says_and_again_after_a_rebuild(int seed)
    {
        var random = new Random(seed);
        var store = app.Services.GetRequiredService<IDocumentStore>();
        var streams = Enumerable.Range(0, Tickets).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var stream in streams)
        {
            await TellAsync(store, random, stream, $"R{stream:N}");
        }

        var live = await ContentsAsync();
        await ShouldBeAsFoldedAsync(store, streams);
        await RebuildAsync(store);
        Assert.Equal(live, await ContentsAsync());
        await ShouldBeAsFoldedAsync(store, streams);
    }

    [Fact]
    public async Task Are_filled_at_the_start_of_a_service_that_is_new_to_them()
    {
        var store = app.Services.GetRequiredService<IDocumentStore>();
        await TellAsync(store, new Random(4), Guid.NewGuid(), "an older store");
        var live = await ContentsAsync();
        await app.Database.ExecuteAsync(
            "delete from ticket_rejection; delete from ticket_dispute; delete from ticket_override");
        await OverrideTables.FillAsync(app.Services, default);
        Assert.NotEqual(live, await ContentsAsync());
        await app.Database.ExecuteAsync("delete from ticket_view_filled");
        await OverrideTables.FillAsync(app.Services, default);
        Assert.Equal(live, await ContentsAsync());
    }

    // Commands decide, as people's would; imports also take labels off and put several events into one step.
    private static async Task TellAsync(IDocumentStore store, Random random, Guid id, string number)
    {
        await using (var session = store.LightweightSession())
        {
            session.Events.StartStream(id, new TicketImported(
                "random", number, null, null, null, Statuses[random.Next(4)], Start, null, Start, 1));
            await session.SaveChangesAsync();
        }

        for (var i = 0; i < 14; i++)
        {
            await using var session = store.LightweightSession();
            var stream = await session.Events.FetchForWriting<Ticket>(id);
            var ticket = stream.Aggregate!;
            stream.AppendMany(Happening(random, ticket, Start.AddHours(i + 1)));
            await session.SaveChangesAsync();
        }
    }

    private static object[] Happening(Random random, Ticket ticket, DateTimeOffset at)
    {
        var step = ticket.Step + 1;
        var to = Statuses[random.Next(4)];
        var moved = new TicketStatusChanged(ticket.Status, to, null, null, null, FactOrigin.Import, null, at, step);
        var rejected = new RejectionRecorded(
            $"L{random.Next(3)}", null, null, null, FactOrigin.Import, null, at, step);
        var any = ticket.StandingRejections.ToArray() is { Length: > 0 } some ? some[random.Next(some.Length)] : null;
        var one = random.Next(2) == 0 ? any?.EventId : null;
        return random.Next(8) switch
        {
            0 => [rejected],
            1 or 2 => to == ticket.Status ? [rejected] : [rejected, moved],
            3 => to == ticket.Status ? [] : [moved],
            4 => any?.Label is { } label ? [new RejectionLabelRemoved(any.EventId, label, at, step)] : [],
            5 => ticket.CountingRejections.Any()
                ? [new RejectionsExcused(one, $"s{random.Next(2)}", "r", at, step)]
                : [],
            6 => any is null ? [] : [new ExcuseWithdrawn(one, "s1", "r", at, step)],
            _ => ticket.OpenDisputes.FirstOrDefault() is { } open
                ? [.. DecideDispute.Decide(ticket, new(open.EventId, random.Next(2) == 0, "r", "s2"), at)]
                : ticket.CountingRejections.Any()
                    ? [.. DisputeRejection.Decide(ticket, new RejectionRequest.Command(null, "r", "ann"), at)]
                    : []
        };
    }

    private async Task ShouldBeAsFoldedAsync(IDocumentStore store, Guid[] streams)
    {
        await using var session = store.LightweightSession();
        foreach (var id in streams)
        {
            var ticket = (await session.Events.AggregateStreamAsync<Ticket>(id))!;
            Assert.Equal(
                string.Join(' ', ticket.StandingRejections.Select(r => $"{r.EventId} {r.Excused}").Order()),
                await app.Database.ScalarAsync<string>($"""
                    select coalesce(string_agg(line, ' ' order by line collate "C"), '') from (
                        select concat(r.event_id, ' ', initcap((r.excused_by is not null)::text)) as line
                        from ticket_rejection r where r.ticket_id = $1 and {OverrideTables.Standing}) as lines
                    """, id));
            Assert.Equal(
                string.Join(' ', ticket.Disputes.Select(d => $"{d.EventId} {d.Accepted}".TrimEnd()).Order()),
                await app.Database.ScalarAsync<string>("""
                    select coalesce(string_agg(line, ' ' order by line collate "C"), '') from (
                        select concat_ws(' ', dispute_id, initcap(accepted::text)) as line
                        from ticket_dispute where ticket_id = $1) as lines
                    """, id));
        }
    }

    private static async Task RebuildAsync(IDocumentStore store)
    {
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(OverridesProjection.Name, TimeSpan.FromMinutes(2), default);
    }

    private Task<string?> ContentsAsync() => app.Database.ScalarAsync<string>(
        "select concat_ws('/', " + string.Join(
            ", ", OverrideTables.Names.Select(
                table => $"(select md5(string_agg(t::text, '' order by t::text)) from {table} t)")) + ")");
}
