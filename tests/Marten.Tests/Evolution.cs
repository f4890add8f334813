using System.Text.Json;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Services.Json.Transformations;
using Npgsql;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public record Paid(string Text);

public record PaidV2(decimal Amount, string Currency);

public record PaidV3(decimal Amount, string Currency, string Note);

public sealed class PaidUpcaster : EventUpcaster<Paid, PaidV3>
{
    protected override PaidV3 Upcast(Paid oldEvent)
        => new(decimal.Parse(oldEvent.Text, System.Globalization.CultureInfo.InvariantCulture), "EUR", "old");
}

/// <summary>Events of former times, events written by others, and the erasure of what was in them.</summary>
public sealed class Evolution(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task events_of_former_types_are_read_as_those_of_today()
    {
        var schema = $"s{Guid.NewGuid():N}";
        var id = Guid.NewGuid();
        await using (var old = database.Store(o => o.Events.MapEventType<PaidV2>("paid_v2"), schema))
        {
            await using var session = old.LightweightSession();
            session.Events.StartStream(id, new Paid("1.5"), new PaidV2(2, "USD"));
            await session.SaveChangesAsync();
        }
        await using var store = database.Store(o =>
        {
            o.Events.MapEventTypeWithSchemaVersion<PaidV3>("paid", 3);
            o.Events.Upcast<PaidUpcaster>();
            o.Events.Upcast<PaidV2, PaidV3>("paid_v2", p => new(p.Amount, p.Currency, "second"));
        }, schema);
        await using var today = store.LightweightSession();
        today.Events.Append(id, new PaidV3(3, "GBP", "new"));
        await today.SaveChangesAsync();
        var events = await today.Events.FetchStreamAsync(id);
        Assert.Equal([new PaidV3(1.5m, "EUR", "old"), new PaidV3(2, "USD", "second"), new PaidV3(3, "GBP", "new")],
            events.Select(e => e.Data));
        Assert.Equal("paid_v3", await store.ScalarAsync<string>("select type from {s}.mt_events where version = 3"));
    }

    [Fact]
    public async Task json_is_transformed_where_there_is_no_old_type()
    {
        await using var store = database.Store(o => o.Events.Upcast<PaidV2>("paid",
            Marten.Services.Json.Transformations.SystemTextJson.JsonTransformations.Upcast(
                (JsonDocument json) => new PaidV2(
                    decimal.Parse(json.RootElement.GetProperty("Text").GetString()!), "EUR"))));
        await using var session = store.LightweightSession();
        var id = session.Events.StartStream(new Paid("7")).Id;
        await session.SaveChangesAsync();
        Assert.Equal(new PaidV2(7, "EUR"), (await session.Events.FetchStreamAsync(id))[0].Data);
    }

    [Fact]
    public async Task events_written_by_plain_sql_are_read_aggregated_appended_to_and_projected()
    {
        await using var store = database.Store(o =>
        {
            o.Events.AddEventTypes([typeof(AccountOpened), typeof(MoneyPaid)]);
            o.Projections.Add<StatementProjection>(ProjectionLifecycle.Async);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var id = Guid.NewGuid();
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync($$"""
                insert into {s}.mt_streams (id, version) values ('{{id}}', 2);
                insert into {s}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type) values
                (nextval('{s}.mt_events_sequence'), gen_random_uuid(), '{{id}}', 1, '{"Owner": "Ann", "Deposit": 1}',
                    'account_opened', now(), null),
                (nextval('{s}.mt_events_sequence'), gen_random_uuid(), '{{id}}', 2, '{"Amount": 2, "Category": "a"}',
                    'money_paid', now(), 'Foreign.Type, Foreign')
                """.Replace("{s}", store.Options.DatabaseSchemaName));
        }
        await using var session = store.LightweightSession();
        Assert.Equal(3, (await session.Events.AggregateStreamAsync<Account>(id))!.Balance);
        session.Events.Append(id, 3, new MoneyPaid(4, "b"));
        await session.SaveChangesAsync();
        using var daemon = await store.StartDaemonAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(["+2", "+4"], (await session.LoadAsync<Statement>(id))!.Lines);
    }

    [Fact]
    public async Task masking_changes_the_chosen_events_and_no_others()
    {
        await using var store = database.Store(o =>
        {
            o.Events.MetadataConfig.HeadersEnabled = true;
            o.Events.AddMaskingRuleForProtectedInformation<AccountOpened>(e => e with { Owner = "***" });
        });
        await using var session = store.LightweightSession();
        var (masked, other) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { masked, other })
            session.Events.StartStream<Account>(id, new AccountOpened("Ann", 1), new MoneyPaid(1, "a"));
        await session.SaveChangesAsync();
        await store.Advanced.ApplyEventDataMasking(x => x.IncludeStream(masked).AddHeader("masked", "yes"));
        var events = await session.Events.FetchStreamAsync(masked);
        Assert.Equal(new AccountOpened("***", 1), events[0].Data);
        Assert.Equal("yes", events[0].GetHeader("masked"));
        Assert.Null(events[1].GetHeader("masked"));
        Assert.Equal(new AccountOpened("Ann", 1), (await session.Events.FetchStreamAsync(other))[0].Data);
        await store.Advanced.ApplyEventDataMasking(x => x.IncludeEvents(e => e.StreamId == other));
        Assert.Equal(new AccountOpened("***", 1), (await session.Events.FetchStreamAsync(other))[0].Data);
    }
}
