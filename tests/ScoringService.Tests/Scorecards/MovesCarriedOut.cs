using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>What the receipt names is carried out on tickets, for another agent: the row is what it said.</summary>
public sealed class MovesCarriedOut(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Theory]
    [InlineData(9, 1, 1, 80, 8, 2, 89, 17)]
    [InlineData(4, 3, 0, 30, 2, 1, 80, 12)]
    [InlineData(0, 0, 2, 60, 6, 0, 70, 19)]
    [InlineData(6, 0, 0, 0, 0, 0, 99, 3)]
    public async Task Each_gives_exactly_what_it_says(
        int open, int back, int again, int passed, int failed, int failedAgain, int attendance, int perDay)
    {
        var month = new Month(open, back, again, passed, failed, failedAgain, attendance, perDay);
        var (row, moves) = await HappenAsync(month);
        Assert.NotEmpty(moves);
        foreach (var move in moves)
        {
            var (then, _) = await HappenAsync(With(month, (string)move!["kind"]!, (decimal)move["amount"]!));
            Assert.Equal((string?)move["grade"], (string?)then["grade"]);
            Assert.Equal((string?)move["scoreBand"], (string?)then["scoreBand"]);
            Assert.Equal((decimal)row["score"]! + (decimal)move["points"]!, (decimal)then["score"]!);
        }
    }

    /// <summary>Ticket for ticket: those that were rejected only once come first.</summary>
    private static Month With(Month m, string kind, decimal amount)
    {
        var n = kind is "attendance" or "productivity" ? 0 : (int)amount;
        return kind switch
        {
            "failedFirstPass" => m with
            {
                Passed = m.Passed + n, Failed = m.Failed - Math.Min(n, m.Failed),
                FailedAgain = m.FailedAgain - Math.Max(0, n - m.Failed)
            },
            "firstPass" => m with { Passed = m.Passed + n, Open = m.Open - n },
            "rejected" => m with
            {
                Open = m.Open + n, Back = m.Back - Math.Min(n, m.Back), Again = m.Again - Math.Max(0, n - m.Back)
            },
            "reRejected" => m with
            {
                Back = m.Back + Math.Min(n, m.Again), Again = m.Again - Math.Min(n, m.Again),
                Failed = m.Failed + Math.Max(0, n - m.Again), FailedAgain = m.FailedAgain - Math.Max(0, n - m.Again)
            },
            "attendance" => m with { Attendance = amount },
            _ => m with { PerDay = amount }
        };
    }

    private async Task<(JsonNode Row, JsonArray Moves)> HappenAsync(Month m)
    {
        var agent = Guid.NewGuid();
        await host.HappenedAsync(
        [
            .. Many(m.Open, () => new Story(agent: agent)),
            .. Many(m.Back, () => new Story(agent: agent).IsRejected("X")),
            .. Many(m.Again, () => Again(agent)),
            .. Many(m.Passed, () => new Story(agent: agent).Moves("Closed")),
            .. Many(m.Failed, () => new Story(agent: agent).IsRejected("X").Moves("Closed")),
            .. Many(m.FailedAgain, () => Again(agent).Moves("Closed"))
        ]);
        await host.HappenedAsync(
        [
            Happening.Attendance(agent, 2024, 1, m.Attendance),
            .. Enumerable.Range(0, 10).Select(day => Happening.WorkDay(
                agent, new(2024, 1, 2 + day), (int)Math.Floor(m.PerDay) + (day < m.PerDay % 1 * 10 ? 1 : 0)))
        ]);
        var receipt = await host.Client(host.Tokens.Agent(agent)).CallAsync(
            HttpMethod.Get, $"/api/scoring/agents/{agent}/grade?month=2024-01").JsonAsync();
        return (receipt["inputs"]!, receipt["moves"]!.AsArray());
    }

    /// <summary>Rejected, sent in again, rejected again.</summary>
    private static Story Again(Guid agent) => new Story(agent: agent).Moves("Rejected").Moves("Open").Moves("Rejected")
        .Moves("Open");

    private static IEnumerable<Story> Many(int count, Func<Story> story) =>
        Enumerable.Range(0, count).Select(_ => story());

    private sealed record Month(
        int Open, int Back, int Again, int Passed, int Failed, int FailedAgain, decimal Attendance, decimal PerDay);
}
