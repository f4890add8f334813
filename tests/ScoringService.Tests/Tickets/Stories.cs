using FsCheck;
using FsCheck.Fluent;
using Performance.Scoring.Tickets;

namespace Performance.Scoring;

/// <summary>Random but possible histories of tickets.</summary>
internal static class Stories
{
    public static readonly Guid[] Agents = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static readonly string[] Statuses =
    [
        "Open", "Working", "On Hold", "State Rej/Hold", "Rejected by County", "Closed", "Sent to DMV", "Done",
        "Resolved", "Rejected"
    ];

    private static readonly string[] Labels = ["Missing signature", "Wrong fee", "VIN mismatch"];

    /// <summary>A seed makes the same story again.</summary>
    public static Arbitrary<int> Seeds => ArbMap.Default.ArbFor<int>();

    public static Story Of(int seed, string source = "test", Guid? ticketId = null)
    {
        var random = new Random(seed);
        Guid? Agent() => random.Next(6) is var i && i < 5 ? Agents[i] : null;
        T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
        var created = Story.Beginning.AddMinutes(random.Next(600_000)).AddTicks(random.Next(10_000_000));
        var story = new Story(One(Statuses), Agent(), source)
        {
            TicketId = ticketId ?? NewId(random), CreatedAt = created,
            Type = One(["Title", "Registration", null]), State = One(["CA", "TX", null]),
            StatusAt = random.Next(3) == 0 ? created.AddHours(random.Next(100)) : null
        };
        story.After(created - story.Clock);
        for (var length = random.Next(12); length > 0; length--)
        {
            if (random.Next(4) == 0)
            {
                story.Together();
            }

            story.After(TimeSpan.FromMinutes(random.Next(5_000)));
            var rejections = story.Events.OfType<WorkRejected>().Select(e => e.FactId).ToList();
            var any = story.Events.Where(e => e is WorkRejected or WorkStatusChanged).Select(e => e.FactId).ToList();
            Guid? some = any.Count > 0 && random.Next(2) == 0 ? One(any) : null;
            _ = random.Next(12) switch
            {
                < 5 => story.Moves(One(Statuses)),
                < 8 => story.IsRejected(One(Labels)),
                8 => rejections.Count > 0 ? story.LosesLabel(One(rejections)) : story.Moves(One(Statuses)),
                9 => story.GoesTo(Agent()),
                10 => story.IsExcused(some),
                _ => random.Next(2) == 0 ? story.ExcuseIsWithdrawn(some) : story.BecomesType("Lien", "NV")
            };
        }

        return story;
    }

    private static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
