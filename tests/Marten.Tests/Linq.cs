using JasperFx.Events;
using Marten;
using Marten.Linq;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public enum Colour { Red, Green, Blue }

public record Maker(string Name, Country? Country);

public record Country(string Code);

public record Part(string Sku, int Count);

public sealed record Thing(Guid Id, string Name, int Size, Colour Colour, Maker? Maker, Guid? Owner,
    DateTimeOffset Made, DateOnly Day, decimal Price, bool Active, string[] Tags, List<Part> Parts,
    bool? Proven = null);

public sealed class Linq(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly Guid Owner = Guid.NewGuid();
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private DocumentStore _store = null!;
    private IQuerySession _session = null!;

    public async Task InitializeAsync()
    {
        _store = database.Store(options =>
        {
            options.Schema.For<Thing>().Duplicate(x => x.Size).Index(x => x.Made).Index(x => x.Name)
                .UniqueIndex(x => x.Name, x => x.Size);
        });
        await using var session = _store.LightweightSession();
        session.Store(
            new Thing(Guid.NewGuid(), "alpha", 1, Colour.Red, new("Acme", new("DE")), Owner, Start, new(2026, 1, 1),
                1.5m, true, ["a", "b"], [new("x", 1)], true),
            new Thing(Guid.NewGuid(), "beta", 2, Colour.Green, new("Bolt", null), null, Start.AddDays(1),
                new(2026, 1, 2), 2.5m, false, ["b"], [new("x", 2), new("y", 3)]),
            new Thing(Guid.NewGuid(), "gam_ma", 3, Colour.Blue, null, Owner, Start.AddDays(2), new(2026, 1, 3), 3.5m,
                true, [], []));
        await session.SaveChangesAsync();
        _session = _store.QuerySession();
    }

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task conditions_become_sql()
    {
        var until = Start.AddDays(1);
        string[] names = ["alpha", "beta"];
        var list = new List<Colour> { Colour.Blue, Colour.Red };
        await Finds(x => x.Name == "alpha", "alpha");
        await Finds(x => x.Name != "alpha", "beta", "gam_ma");
        await Finds(x => x.Size > 1 && x.Size <= 2, "beta");
        await Finds(x => x.Size < 2 || x.Colour == Colour.Blue, "alpha", "gam_ma");
        await Finds(x => x.Active, "alpha", "gam_ma");
        await Finds(x => !x.Active, "beta");
        await Finds(x => !(x.Name == "beta"), "alpha", "gam_ma");
        await Finds(x => !(x.Maker!.Country!.Code == "DE"));
        await Finds(x => x.Owner != Owner);
        await Finds(x => x.Proven != true, "beta", "gam_ma");
        await Finds(x => !(x.Size == 1 || x.Size == 2), "gam_ma");
        await Finds(x => x.Maker!.Country!.Code == "DE", "alpha");
        await Finds(x => x.Maker == null, "gam_ma");
        await Finds(x => x.Maker != null && x.Maker.Name == "Bolt", "beta");
        await Finds(x => x.Owner == Owner, "alpha", "gam_ma");
        await Finds(x => x.Owner == null, "beta");
        await Finds(x => x.Owner.HasValue && x.Owner.Value == Owner, "alpha", "gam_ma");
        await Finds(x => x.Made >= until, "beta", "gam_ma");
        await Finds(x => x.Day == new DateOnly(2026, 1, 3), "gam_ma");
        await Finds(x => x.Price > 2m, "beta", "gam_ma");
        await Finds(x => names.Contains(x.Name), "alpha", "beta");
        await Finds(x => list.Contains(x.Colour), "alpha", "gam_ma");
        await Finds(x => x.Size.IsOneOf(1, 3), "alpha", "gam_ma");
        await Finds(x => x.Name.Contains("_"), "gam_ma");
        await Finds(x => x.Name.StartsWith("AL", StringComparison.OrdinalIgnoreCase), "alpha");
        await Finds(x => x.Name.EndsWith("ta"), "beta");
        await Finds(x => x.Name.ToLower() == "beta", "beta");
        await Finds(x => x.Tags.Contains("b"), "alpha", "beta");
        await Finds(x => x.Tags.Any(), "alpha", "beta");
        await Finds(x => x.Parts.Any(p => p.Sku == "x" && p.Count > 1), "beta");
        await Finds(x => x.Parts.Count == 2, "beta");
        await Finds(x => string.Compare(x.Name, "b") > 0, "beta", "gam_ma");
        await Finds(x => false);
    }

    [Fact]
    public async Task order_pages_and_totals_are_taken_by_the_database()
    {
        var query = _session.Query<Thing>();
        var page = await query.Stats(out var stats).Where(x => x.Size > 0).OrderByDescending(x => x.Colour)
            .ThenBy(x => x.Name).Skip(1).Take(1).ToListAsync();
        Assert.Equal("beta", Assert.Single(page).Name);
        Assert.Equal(3, stats.TotalResults);
        Assert.Equal(3, await _session.Query<Thing>().CountAsync());
        Assert.Equal(2, await _session.Query<Thing>().CountAsync(x => x.Active));
        Assert.True(await _session.Query<Thing>().AnyAsync(x => x.Name == "beta"));
        Assert.False(await _session.Query<Thing>().Where(x => x.Name == "nope").AnyAsync());
        Assert.Equal(6, await _session.Query<Thing>().SumAsync(x => x.Size));
        Assert.Equal(3.5m, await _session.Query<Thing>().MaxAsync(x => x.Price));
        Assert.Equal("alpha", (await _session.Query<Thing>().OrderBy(x => x.Made).FirstAsync()).Name);
        Assert.Null(await _session.Query<Thing>().FirstOrDefaultAsync(x => x.Size == 9));
        Assert.Equal("beta", (await _session.Query<Thing>().SingleAsync(x => x.Size == 2)).Name);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _session.Query<Thing>().SingleAsync());
    }

    [Fact]
    public async Task members_and_new_objects_can_be_selected()
    {
        Assert.Equal(["alpha", "beta", "gam_ma"],
            await _session.Query<Thing>().OrderBy(x => x.Name).Select(x => x.Name).ToListAsync());
        Assert.Equal([Colour.Red, Colour.Green, Colour.Blue],
            await _session.Query<Thing>().OrderBy(x => x.Size).Select(x => x.Colour).ToListAsync());
        var some = await _session.Query<Thing>().OrderBy(x => x.Size)
            .Select(x => new { x.Id, Label = x.Name, x.Maker, x.Owner, x.Made, x.Tags }).ToListAsync();
        Assert.Equal("Acme", some[0].Maker!.Name);
        Assert.Null(some[1].Owner);
        Assert.Equal(Start.AddDays(2), some[2].Made);
        Assert.Equal(["a", "b"], some[0].Tags);
        Assert.Equal(new Part("alpha", 1), await _session.Query<Thing>().OrderBy(x => x.Size)
            .Select(x => new Part(x.Name, x.Size)).FirstAsync());
    }

    [Fact]
    public async Task sql_gives_documents_and_scalars()
    {
        var found = await _session.QueryAsync<Thing>("where data ->> 'Name' = ?", "beta");
        Assert.Equal(2, Assert.Single(found).Size);
        var schema = _store.Options.DatabaseSchemaName;
        Assert.Equal(3, (await _session.QueryAsync<int>($"select count(*)::int from {schema}.mt_doc_thing"))[0]);
        var pairs = await _session.AdvancedSql.QueryAsync<Thing, int>(
            $"select data, size from {schema}.mt_doc_thing where size > ? order by size", CancellationToken.None, 1);
        Assert.Equal([("beta", 2), ("gam_ma", 3)], pairs.Select(p => (p.Item1.Name, p.Item2)));
    }

    [Fact]
    public async Task raw_events_are_queried_by_their_metadata()
    {
        await using var session = _store.LightweightSession();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        session.Events.StartStream(first, new MoneyPaid(1, "a"), new MoneyTaken(2, "a"));
        session.Events.StartStream(second, new MoneyPaid(3, "b"));
        await session.SaveChangesAsync();
        var all = await session.Events.QueryAllRawEvents().Where(e => e.Sequence > 0).OrderBy(e => e.Sequence)
            .Take(2).ToListAsync();
        Assert.Equal([1L, 2], all.Select(e => e.Sequence));
        Assert.Equal(2, await session.Events.QueryAllRawEvents().CountAsync(e => e.StreamId == first));
        var paid = await session.Events.QueryAllRawEvents()
            .Where(e => e.EventTypeName == "money_paid" && e.Version == 1)
            .OrderByDescending(e => e.Sequence).ToListAsync();
        Assert.Equal([second, first], paid.Select(e => e.StreamId));
        var id = paid[0].Id;
        Assert.Equal(paid[0].Sequence,
            (await session.Events.QueryAllRawEvents().SingleAsync(e => e.Id == id)).Sequence);
        var big = await session.Events.QueryRawEventDataOnly<MoneyPaid>().Where(p => p.Amount > 2).ToListAsync();
        Assert.Equal([new MoneyPaid(3, "b")], big);
        session.Events.ArchiveStream(second);
        await session.SaveChangesAsync();
        Assert.Equal(2, await session.Events.QueryAllRawEvents().CountAsync());
    }

    private async Task Finds(System.Linq.Expressions.Expression<Func<Thing, bool>> condition, params string[] names)
    {
        var found = await _session.Query<Thing>().Where(condition).OrderBy(x => x.Name).ToListAsync();
        Assert.Equal(names, found.Select(x => x.Name));
    }
}
