using JasperFx.Events;
using Performance.Contracts;
using Performance.Tickets.WorkLog;
using static Performance.Tickets.Spec;
using Facts = Performance.Contracts;
using Streamed = Performance.Tickets.Activity;

namespace Performance.Tickets.Feeds;

public sealed class Stored_events_become_facts
{
    private static readonly object[] TicketEvents =
    [
        Imported(), Submitted(Ann), new TicketAssigned(Bob, Ann, FactOrigin.Command, "sam", Now, 2),
        Moved("Open", "Closed", 3), new TicketReclassified("T", "S", Now, 4), Rejected("Wrong fee", 5),
        new RejectionLabelRemoved(EventId(5), "Wrong fee", Now, 6),
        new RejectionsExcused(EventId(5), "sue", "r", Now, 7),
        new ExcuseWithdrawn(null, "sue", "r", Now, 8),
        new RejectionDisputed(EventId(5), Ann, "ann", "r", Now, 9),
        new DisputeDecided(EventId(9), EventId(5), true, Ann, "sue", "r", Now, 10),
        new Imports.SourceStatusesDefined("s", ["T"], ["C"], ["H"], "sue", Now),
        new DayLogged(Ann, new DateOnly(2026, 3, 1), "n", [new WorkEntry("1", "V", null, null, null)], "ann", Now),
        new DayCleared(Ann, new DateOnly(2026, 3, 1), "ann", Now)
    ];

    private static readonly object[] ActivityEvents =
    [
        new Streamed.CallHandled(Ann, "c", Now, 60, 3, "sold", Now),
        new Streamed.PaymentCollected(Ann, 12.5m, "USD", "c", Now), new Streamed.ServiceRaised(Ann, "s", "t", Now),
        new Streamed.ServiceCompleted(Ann, "s", "t", Now), new Streamed.ComplaintRegistered(Ann, "c", "k", Now),
        new Streamed.ComplaintResolved(Ann, "c", "k", Now)
    ];

    [Fact]
    public void Every_type_of_the_tickets_feed() => Assert.Equal(
        TicketFeed.Definition.EventTypes.ToHashSet(), TicketEvents.Select(e => e.GetType()).ToHashSet());

    [Fact]
    public void Every_type_of_the_activity_feed() => Assert.Equal(
        ActivityFeed.Definition.EventTypes.ToHashSet(), ActivityEvents.Select(e => e.GetType()).ToHashSet());

    [Fact]
    public void Each_with_what_identifies_it()
    {
        foreach (var data in TicketEvents.Concat(ActivityEvents))
        {
            var stored = Stored(data);
            var fact = (Fact?)TicketFeed.Translate(stored) ?? ActivityFeed.Translate(stored)!;
            Assert.Equal((stored.Id, 42L, stored.Timestamp), (fact.EventId, fact.Sequence, fact.RecordedAt));
            Assert.NotEqual(default, fact.OccurredAt);
            if (fact is TicketStreamFact ticket)
            {
                Assert.Equal(Id, ticket.TicketId);
                Assert.Equal(TicketEventFacts.Of(data).Step, ticket.Step);
            }
        }
    }

    [Fact]
    public void With_their_members_in_place()
    {
        var opened = Assert.IsType<TicketOpened>(TicketFeed.Translate(Stored(Imported())));
        Assert.Equal((TicketKind.Imported, "clickup", "T1", "A title", "Renewal", "CA", "Open", Ann), (
            opened.Kind, opened.Source, opened.ExternalId, opened.Title, opened.Type, opened.State, opened.Status,
            opened.AgentId!.Value));
        var filed = Assert.IsType<TicketOpened>(TicketFeed.Translate(Stored(Submitted())));
        Assert.Equal(
            (TicketKind.Intake, "portal", "New", null), (filed.Kind, filed.Source, filed.Status, filed.AgentId));
        var disputed = Assert.IsType<TicketDisputed>(TicketFeed.Translate(Stored(TicketEvents[9])));
        Assert.Equal(
            (EventId(5), Ann, "ann"), (disputed.RejectionEventId!.Value, disputed.AgentId!.Value, disputed.By));
        var decided = Assert.IsType<TicketDisputeDecided>(TicketFeed.Translate(Stored(TicketEvents[10])));
        Assert.Equal(
            (EventId(9), true, Ann, "sue"),
            (decided.DisputeEventId, decided.Accepted, decided.AgentId!.Value, decided.By));
        var moved = Assert.IsType<Facts.TicketStatusChanged>(TicketFeed.Translate(Stored(new TicketStatusChanged(
            "Open", "State Rej/Hold", Ann, "T", "S", FactOrigin.Command, "sam", Now, 3, SendsBack: true))));
        Assert.Equal(
            (Ann, FactOrigin.Command, "sam", true), (moved.AgentId!.Value, moved.Origin, moved.By, moved.SendsBack));
        var withdrawn = Assert.IsType<TicketExcuseWithdrawn>(TicketFeed.Translate(Stored(
            new ExcuseWithdrawn(null, "sue", "r", Now, 8, Ann))));
        Assert.Equal(Ann, withdrawn.AgentId);
        var call = Assert.IsType<Facts.CallHandled>(ActivityFeed.Translate(Stored(ActivityEvents[0])));
        Assert.Equal(
            (Ann, "c", 60, 3, "sold"),
            (call.RepId, call.CallId, call.DurationSec, call.WaitSec!.Value, call.Outcome));
    }

    [Fact]
    public void What_nobody_else_needs_is_passed_over()
    {
        Assert.Null(TicketFeed.Translate(Stored(new TicketRenamed("t", Now, 2))));
        Assert.Null(TicketFeed.Translate(Stored(ActivityEvents[0])));
        Assert.Null(ActivityFeed.Translate(Stored(Imported())));
    }

    private static IEvent Stored<T>(T data)
        where T : notnull
    {
        var stored = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;
        stored.Id = Guid.NewGuid();
        stored.StreamId = Id;
        stored.Sequence = 42;
        stored.Timestamp = Now;
        return stored;
    }
}
