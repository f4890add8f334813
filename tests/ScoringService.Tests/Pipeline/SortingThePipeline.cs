using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>The pipeline by each of its columns, both ways, and page by page as in one piece.</summary>
public sealed class SortingThePipeline(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly Guid[] Agents = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];
    private static readonly Story[] Tickets = [.. Enumerable.Range(0, 60).Select(Ticket)];

    [Theory]
    [InlineData("externalId")]
    [InlineData("daysSinceCreated")]
    [InlineData("holdHours")]
    [InlineData("status")]
    [InlineData("agentName")]
    [InlineData("title")]
    [InlineData("type")]
    [InlineData("state")]
    [InlineData("createdAt")]
    public async Task Orders_by_the_column_with_tickets_without_it_last_and_of_the_same_the_oldest_first(string column)
    {
        await FillAsync();
        foreach (var down in new[] { false, true })
        {
            var items = await AskAsync($"sort={column}&desc={down}&pageSize=100");
            Assert.Equal(Expected(items, column, down), items.Select(Id));
        }
    }

    [Theory]
    [InlineData("sort=status")]
    [InlineData("sort=agentName&desc=true")]
    [InlineData("sort=title&search=title")]
    [InlineData("sort=holdHours&desc=true&type=type%201")]
    public async Task Pages_neither_repeat_nor_lose_a_ticket(string query)
    {
        await FillAsync();
        var whole = await AskAsync($"{query}&pageSize=100");
        var paged = new List<JsonNode>();
        for (var page = 1; page <= (whole.Count + 6) / 7; page++)
        {
            paged.AddRange(await AskAsync($"{query}&pageSize=7&page={page}"));
        }

        Assert.NotEmpty(whole);
        Assert.Equal(whole.Select(Id), paged.Select(Id));
    }

    [Fact]
    public async Task Without_a_word_the_oldest_come_first()
    {
        await FillAsync();
        var items = await AskAsync("pageSize=100");
        Assert.Equal(Expected(items, "daysSinceCreated", true), items.Select(Id));
    }

    private static Story Ticket(int number)
    {
        // Every third shares its creation with another, so that only the last tie-breaker tells them apart.
        var story = new Story(
            agent: number % 5 == 4 ? null : Agents[number % 4], status: number % 3 == 0 ? "Working" : "Open")
        {
            CreatedAt = Story.Beginning.AddHours(number / 3 * 5), Type = number % 6 == 0 ? null : $"type {number % 4}",
            State = number % 7 == 0 ? null : ((char)('A' + (number % 6))).ToString()
        };
        return number % 4 == 1 ? story.After(TimeSpan.FromDays(10 + (number % 9))).Moves("On Hold") : story;
    }

    private static IEnumerable<Guid> Expected(IReadOnlyList<JsonNode> items, string column, bool down)
    {
        var byPlace = items.OrderBy(i => Value(i, column) is null);
        var sorted = down ? byPlace.ThenByDescending(i => Value(i, column), Values)
            : byPlace.ThenBy(i => Value(i, column), Values);
        return sorted.ThenBy(i => (DateTimeOffset)i["ticket"]!["createdAt"]!)
            .ThenBy(i => Id(i).ToString(), StringComparer.Ordinal).Select(Id);
    }

    private static Comparer<object?> Values { get; } = Comparer<object?>.Create((a, b) => (a, b) switch
    {
        (string x, string y) => string.Compare(x, y, StringComparison.OrdinalIgnoreCase),
        (decimal x, decimal y) => x.CompareTo(y),
        (DateTimeOffset x, DateTimeOffset y) => x.CompareTo(y),
        _ => (a is null).CompareTo(b is null)
    });

    private static object? Value(JsonNode item, string column) => column switch
    {
        "daysSinceCreated" or "holdHours" => (decimal?)item[column],
        "createdAt" => (DateTimeOffset)item["ticket"]![column]!,
        _ => (string?)item["ticket"]![column]
    };

    private static Guid Id(JsonNode item) => (Guid)item["ticket"]!["ticketId"]!;

    private async Task<List<JsonNode>> AskAsync(string query)
    {
        var answer = await host.Client(host.Tokens.Admin())
            .CallAsync(HttpMethod.Get, $"/api/scoring/pipeline?{query}").JsonAsync();
        return [.. answer["items"]!.AsArray().Select(i => i!)];
    }

    private async Task FillAsync()
    {
        if (await host.ScalarAsync<long>("select count(*) from ticket_facts") > 0)
        {
            return;
        }

        foreach (var (name, agent) in new[] { "Zoe", "ann", "Bob", "Ann" }.Zip(Agents))
        {
            await host.KnowsAsync(agent, name);
        }

        await host.HappenedAsync(Tickets);
    }
}
