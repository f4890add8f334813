using Performance.Contracts;

namespace Performance.Scoring.Feeds;

public sealed class FactsThatMoveNoScore
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Disputes_are_passed_over_as_their_excuses_come_by_themselves()
    {
        Assert.Null(TicketTranslation.Of(new TicketDisputed(null, Guid.NewGuid(), "ann")
        {
            EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(),
            Step = 2
        }));
        Assert.Null(TicketTranslation.Of(new TicketDisputeDecided(Guid.NewGuid(), true, Guid.NewGuid(), "sue")
        {
            EventId = Guid.NewGuid(), Sequence = 2, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(),
            Step = 3
        }));
    }
}
