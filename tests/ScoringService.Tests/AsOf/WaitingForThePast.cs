using System.Net;
using Performance.Scoring.AsOf;
using Performance.ServiceDefaults.Problems;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Reading the past reads everything: nobody can ask for so much of it that others wait for long.</summary>
public sealed class WaitingForThePast(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Fact]
    public async Task One_asker_has_four_questions_open_at_most()
    {
        using var queue = new AsOfQueue();
        var open = new List<Task<IDisposable>>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(queue.EnterAsync("ann", default));
        }

        Assert.Equal(2, open.Count(turn => turn.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<BusyException>(() => queue.EnterAsync("ann", default));
        var bob = queue.EnterAsync("bob", default);
        (await open[0]).Dispose();
        (await open[1]).Dispose();
        (await open[2]).Dispose();
        (await open[3]).Dispose();
        (await bob).Dispose();
        (await queue.EnterAsync("ann", default)).Dispose();
    }

    [Fact]
    public async Task Of_all_together_a_few_wait_and_the_others_are_told_to_come_back()
    {
        using var queue = new AsOfQueue();
        var open = Enumerable.Range(0, 18).Select(i => queue.EnterAsync($"asker {i}", default)).ToList();
        await Assert.ThrowsAsync<BusyException>(() => queue.EnterAsync("one more", default));
        foreach (var turn in open)
        {
            (await turn).Dispose();
        }

        (await queue.EnterAsync("one more", default)).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_leaves_no_place_taken()
    {
        using var queue = new AsOfQueue();
        using var first = await queue.EnterAsync("ann", default);
        using var second = await queue.EnterAsync("ann", default);
        for (var i = 0; i < 9; i++)
        {
            using var gone = new CancellationTokenSource();
            var waiting = queue.EnterAsync("ann", gone.Token);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
    }

    [Fact]
    public async Task The_service_says_when_to_ask_again()
    {
        var queue = ((AsOfReader)host.Services.GetService(typeof(AsOfReader))!).Queue;
        var client = host.Client(host.Tokens.Admin());
        const string Path = "/api/scoring/scorecard?asOf=2024-01-02T12:00:00Z";
        var open = Enumerable.Range(0, 4).Select(_ => queue.EnterAsync("admin", default)).ToList();
        var refused = await client.CallAsync(HttpMethod.Get, Path).ShouldBeAsync(HttpStatusCode.TooManyRequests);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        foreach (var turn in open)
        {
            (await turn).Dispose();
        }

        await client.CallAsync(HttpMethod.Get, Path).ShouldBeAsync(HttpStatusCode.OK);
    }
}
