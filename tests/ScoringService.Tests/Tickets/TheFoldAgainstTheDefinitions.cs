using FsCheck.Fluent;
using Performance.Scoring.Tickets;

namespace Performance.Scoring;

public sealed class TheFoldAgainstTheDefinitions
{
    private static readonly StatusClasses[] Readings =
        [StatusClasses.Default, new(["Resolved", "Closed"], ["Closed"], ["on hold", "state*"])];

    [Fact]
    public void Every_fact_of_a_random_history_is_what_the_definitions_say() =>
        Prop.ForAll(Stories.Seeds, seed => Readings.All(classes => Agrees(seed, classes)))
            .Holds();

    [Fact]
    public void A_history_survives_its_encoding() => Prop.ForAll(Stories.Seeds, seed =>
    {
        var story = Stories.Of(seed);
        var history = story.Events.Aggregate(TicketHistory.None(story.TicketId), (h, e) => h.With(e));
        return TicketHistoryCodec.Decode(TicketHistoryCodec.Encode(history.Entries)).SequenceEqual(history.Entries);
    }).Holds();

    [Fact]
    public void A_fact_delivered_twice_changes_nothing() => Prop.ForAll(Stories.Seeds, seed =>
    {
        var story = Stories.Of(seed);
        var once = story.Events.Aggregate(TicketHistory.None(story.TicketId), (h, e) => h.With(e));
        var twice = story.Events.Aggregate(once, (h, e) => h.With(e));
        return twice.Entries.SequenceEqual(once.Entries);
    }).Holds();

    private static bool Agrees(int seed, StatusClasses classes)
    {
        var story = Stories.Of(seed);
        var facts = story.Facts(classes);
        var naive = new NaiveTicket(story.Events, classes);
        Assert.Equal(naive.Flags(), facts.Flags);
        Assert.Equal(naive.Agent, facts.AgentId);
        Assert.Equal(naive.ClosedAt(), facts.ClosedAt);
        Assert.Equal(naive.HoldSince(), facts.HoldSince);
        Assert.Equal(naive.FirstMoveAt(), facts.FirstMoveAt);
        Assert.Equal(
            naive.Rejections().OrderBy(r => r.Id),
            facts.Rejections.Select(r => (r.EventId, r.Round, r.Excused, r.BeforeTerminal, r.AgentId))
                .OrderBy(r => r.EventId));
        return true;
    }
}
