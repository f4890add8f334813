using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections;

namespace Performance.MartenTests.Support;

public record AccountOpened(string Owner, decimal Deposit);

public record MoneyPaid(decimal Amount, string Category);

public record MoneyTaken(decimal Amount, string Category);

public record AccountClosed;

/// <summary>Self-aggregating, immutable.</summary>
public record Account(Guid Id, string Owner, decimal Balance, int Entries)
{
    public long Version { get; init; }

    public static Account Create(IEvent<AccountOpened> opened)
        => new(opened.StreamId, opened.Data.Owner, opened.Data.Deposit, 0);

    public Account Apply(MoneyPaid paid) => this with { Balance = Balance + paid.Amount, Entries = Entries + 1 };

    public Account Apply(MoneyTaken taken) => this with { Balance = Balance - taken.Amount, Entries = Entries + 1 };

    public bool ShouldDelete(AccountClosed closed) => true;
}

/// <summary>Mutable, made by a projection class.</summary>
public sealed class Statement
{
    public Guid Id { get; set; }

    public List<string> Lines { get; set; } = [];
}

public sealed partial class StatementProjection : SingleStreamProjection<Statement, Guid>
{
    public void Apply(MoneyPaid paid, Statement statement) => statement.Lines.Add($"+{paid.Amount}");

    public void Apply(IEvent<MoneyTaken> taken, Statement statement) => statement.Lines.Add($"-{taken.Data.Amount}");
}

public record CategoryTotal(string Id, decimal In, decimal Out, int Count);

public sealed partial class CategoryProjection : MultiStreamProjection<CategoryTotal, string>
{
    public CategoryProjection()
    {
        Identity<MoneyPaid>(e => e.Category);
        Identity<MoneyTaken>(e => e.Category);
    }

    public static CategoryTotal Create(MoneyPaid paid) => new(paid.Category, paid.Amount, 0, 1);

    public static CategoryTotal Create(MoneyTaken taken) => new(taken.Category, 0, taken.Amount, 1);

    public CategoryTotal Apply(MoneyPaid paid, CategoryTotal total)
        => total with { In = total.In + paid.Amount, Count = total.Count + 1 };

    public CategoryTotal Apply(MoneyTaken taken, CategoryTotal total)
        => total with { Out = total.Out + taken.Amount, Count = total.Count + 1 };
}

public record Payment(Guid Id, decimal Amount, string Category);

public sealed partial class PaymentProjection : EventProjection
{
    public Payment Create(IEvent<MoneyPaid> paid) => new(paid.Id, paid.Data.Amount, paid.Data.Category);

    public void Project(IEvent<AccountClosed> closed, IDocumentOperations operations)
        => operations.Store(new Payment(closed.Id, 0, "closed"));
}

/// <summary>Writes a table of its own.</summary>
public sealed class LedgerProjection(string schema) : IProjection
{
    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        foreach (var @event in events)
        {
            var amount = @event.Data switch
            {
                AccountOpened opened => opened.Deposit,
                MoneyPaid paid => paid.Amount,
                MoneyTaken taken => -taken.Amount,
                _ => 0,
            };
            operations.QueueSqlCommand(
                $"insert into {schema}.ledger (account, total) values (?, ?) "
                + "on conflict (account) do update set total = ledger.total + excluded.total",
                @event.StreamId, amount);
        }
        return Task.CompletedTask;
    }
}

public record Broken(string Id);

public sealed partial class BrokenProjection : MultiStreamProjection<Broken, string>
{
    public BrokenProjection() => Identity<MoneyTaken>(e => e.Category);

    public static Broken Create(MoneyTaken taken) => throw new InvalidOperationException("never");
}
