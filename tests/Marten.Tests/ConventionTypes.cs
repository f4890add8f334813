using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections;
using Marten.Subscriptions;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public record Balance(Guid Id, decimal Amount, string By);

public sealed partial class BalanceProjection : SingleStreamProjection<Balance, Guid>
{
    public override Balance? Evolve(Balance? snapshot, Guid id, IEvent e) => e.Data switch
    {
        AccountOpened opened => new Balance(id, opened.Deposit, ""),
        MoneyPaid paid => snapshot! with { Amount = snapshot.Amount + paid.Amount },
        AccountClosed => null,
        _ => snapshot,
    };

    public override Balance ApplyMetadata(Balance snapshot, IEvent lastEvent)
        => snapshot with { By = lastEvent.CorrelationId ?? "" };
}

public record Overdrawn(decimal Amount);

public sealed class Watch
{
    public Guid Id { get; set; }

    public decimal Amount { get; set; }

    public int Warnings { get; set; }
}

public sealed partial class WatchProjection : SingleStreamProjection<Watch, Guid>
{
    public void Apply(MoneyTaken taken, Watch watch) => watch.Amount -= taken.Amount;

    public static void Apply(Overdrawn warned, Watch watch) => watch.Warnings++;

    public bool ShouldDelete(MoneyPaid paid, Watch watch) => paid.Amount + watch.Amount >= 0;

    public override ValueTask RaiseSideEffects(IDocumentOperations operations, IEventSlice<Watch> slice)
    {
        if (slice.Snapshot is { Amount: < -10, Warnings: 0 } watch)
            slice.AppendEvent(new Overdrawn(watch.Amount));
        return ValueTask.CompletedTask;
    }
}

public record Basket(string[] Words);

public record WordCount(string Id, int Count, int Baskets);

public sealed partial class WordProjection : MultiStreamProjection<WordCount, string>
{
    public WordProjection()
    {
        Identities<Basket>(b => [.. b.Words.Distinct()]);
        IncludeType<MoneyPaid>();
        FanOut<Basket, Word>(b => b.Words.Select(w => new Word(w)));
        CustomGrouping((_, events, grouping) =>
        {
            foreach (var @event in events.OfType<IEvent<MoneyPaid>>())
                grouping.AddEvent(@event.Data.Category, @event);
            return Task.CompletedTask;
        });
    }

    public override WordCount? Evolve(WordCount? snapshot, string id, IEvent e)
    {
        snapshot ??= new(id, 0, 0);
        return e.Data switch
        {
            Basket => snapshot with { Baskets = snapshot.Baskets + 1 },
            Word word when word.Text == id => snapshot with { Count = snapshot.Count + 1 },
            MoneyPaid => snapshot with { Count = snapshot.Count + 100 },
            _ => snapshot,
        };
    }

    public record Word(string Text);
}

public sealed class Names
{
    public string Prefix => "n:";
}

public sealed class NamedProjection(Names names) : IProjection
{
    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        foreach (var opened in events.OfType<IEvent<AccountOpened>>())
            operations.Store(new Payment(opened.StreamId, 0, names.Prefix + opened.Data.Owner));
        return Task.CompletedTask;
    }
}

public sealed class Recorder(Names names, Log log) : ISubscription
{
    public Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller,
        IDocumentOperations operations, CancellationToken cancellationToken)
    {
        foreach (var @event in page.Events)
            log.Lines.Enqueue(names.Prefix + @event.Sequence);
        return Task.FromResult(NullChangeListener.Instance);
    }
}

public sealed class Log
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];
}
