using System.Net;
using System.Security.Claims;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Performance.Contracts;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;
using Performance.Testing;

namespace Performance.ServiceDefaults.Commands;

public sealed record Deposited(int Amount);

public sealed record Balance(Guid Id, int Amount)
{
    public static Balance Create(Deposited e) => new(Guid.Empty, e.Amount);

    public Balance Apply(Deposited e) => this with { Amount = Amount + e.Amount };
}

/// <summary>If-Match and Idempotency-Key, as api.md has them for every command.</summary>
public sealed class CommandEndpointTests : IAsyncLifetime
{
    private readonly Guid account = Guid.NewGuid();
    private TestPostgres postgres = null!;
    private IDocumentStore store = null!;

    public async Task InitializeAsync()
    {
        postgres = await TestPostgres.CreateAsync();
        store = DocumentStore.For(options =>
        {
            options.Connection(postgres.ConnectionString);
            options.Events.MapEventType<Deposited>("deposited");
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await CommandLog.CreateTableAsync(postgres.DataSource, default);
    }

    public async Task DisposeAsync()
    {
        store.Dispose();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_command_answers_version_and_position_and_the_version_is_the_etag()
    {
        var http = Request();

        var answer = await DepositAsync(http, 10);

        Assert.Equal(1, answer.Version);
        Assert.True(StorePosition.TryParse(answer.Position, out var position));
        Assert.Equal(EventStoreId.Coaching, position.Store);
        Assert.Equal(await SequenceOfLastAsync(), position.Sequence);
        Assert.Equal("\"1\"", http.Response.Headers.ETag);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_one_effect()
    {
        var first = await DepositAsync(Request(key: "k1"), 10);
        await DepositAsync(Request(), 5);

        var second = await DepositAsync(Request(key: "k1"), 10);

        Assert.Equal(first, second);
        Assert.Equal(15, await BalanceAsync());
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_has_one_effect()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => DepositAsync(Request(key: "k2"), 10))));

        Assert.Single(answers.Distinct());
        Assert.Equal(10, await BalanceAsync());
    }

    [Fact]
    public async Task Another_person_may_use_the_same_key()
    {
        await DepositAsync(Request(key: "k3", user: "ann"), 10);
        await DepositAsync(Request(key: "k3", user: "bob"), 10);

        Assert.Equal(20, await BalanceAsync());
    }

    [Fact]
    public async Task A_key_used_for_another_command_is_refused()
    {
        await DepositAsync(Request(key: "k4"), 10);

        await Assert.ThrowsAsync<DomainException>(() => DepositAsync(Request(key: "k4", path: "/other"), 10));
    }

    [Fact]
    public async Task A_stale_if_match_is_refused_and_changes_nothing()
    {
        await DepositAsync(Request(), 10);
        await DepositAsync(Request(ifMatch: "\"1\""), 10);

        var stale = await Assert.ThrowsAsync<StaleVersionException>(
            () => DepositAsync(Request(ifMatch: "\"1\""), 10));

        Assert.Equal(2, stale.Current);
        Assert.Equal(20, await BalanceAsync());
    }

    [Theory]
    [InlineData("one")]
    [InlineData("\"-1\"")]
    [InlineData("\"1\", \"2\"")]
    public async Task An_if_match_that_is_no_version_is_malformed(string ifMatch)
    {
        var malformed = await Assert.ThrowsAsync<InvalidFieldException>(
            () => DepositAsync(Request(ifMatch: ifMatch), 10));

        Assert.Equal("If-Match", malformed.Field);
    }

    [Fact]
    public async Task Concurrent_commands_without_if_match_all_take_effect()
    {
        await DepositAsync(Request(), 1);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DepositAsync(Request(), 1))));

        Assert.Equal(5, await BalanceAsync());
    }

    private static DefaultHttpContext Request(
        string? key = null, string? ifMatch = null, string user = "ann", string path = "/deposit")
    {
        var http = new DefaultHttpContext { Request = { Method = "POST", Path = path } };
        http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(TokenClaims.Subject, user)], "test"));
        if (key is not null)
        {
            http.Request.Headers["Idempotency-Key"] = key;
        }

        if (ifMatch is not null)
        {
            http.Request.Headers.IfMatch = ifMatch;
        }

        return http;
    }

    private async Task<CommandAnswer> DepositAsync(HttpContext http, int amount)
    {
        var result = await CommandEndpoint.RunAsync<Balance>(
            http, store, EventStoreId.Coaching, account, _ => [new Deposited(amount)], default);
        var ok = Assert.IsType<Ok<CommandAnswer>>(result);
        Assert.Equal((int)HttpStatusCode.OK, ok.StatusCode);
        return ok.Value!;
    }

    private async Task<int> BalanceAsync()
    {
        await using var session = store.QuerySession();
        return (await session.Events.AggregateStreamAsync<Balance>(account))!.Amount;
    }

    private async Task<long> SequenceOfLastAsync()
    {
        await using var session = store.QuerySession();
        return (await session.Events.FetchStreamAsync(account))[^1].Sequence;
    }
}
