using Performance.Notifications.Deliveries;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications;

public sealed class A_delivery
{
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly DeliveryQueued Queued =
        new(Id, Guid.NewGuid(), "email", "ticket-assigned", Guid.NewGuid(), "supervisor", false, Given.Now);

    private static readonly DeliveryPreferences Off = DeliveryPreferences.Usual with { Email = false };
    private static readonly DeliveryPreferences Night = DeliveryPreferences.Usual with
    {
        QuietFrom = new TimeOnly(17, 0), QuietTo = new TimeOnly(7, 0), TimeZone = "UTC"
    };

    [Fact]
    public void Is_sent_to_who_can_be_reached() => Assert.Null(Decide(Queued));

    [Fact]
    public void Is_skipped_with_the_reason_where_there_is_no_address() => Assert.Equal(
        new DeliverySkipped(Id, DeliveryRules.NoAddress, Given.Now),
        DeliveryRules.Decide(Given.Delivery(Queued)!, Given.Person(null), DeliveryPreferences.Usual, Given.Now));

    [Fact]
    public void Is_skipped_for_who_has_left() => Assert.Equal(
        new DeliverySkipped(Id, DeliveryRules.Inactive, Given.Now),
        DeliveryRules.Decide(
            Given.Delivery(Queued)!, Given.Person(active: false), DeliveryPreferences.Usual, Given.Now));

    [Fact]
    public void Waits_for_the_directory_to_learn_of_the_person() => Assert.Equal(
        new DeliveryAttemptFailed(Id, 1, DeliveryRules.NotKnownYet, Given.Now.AddSeconds(5), Given.Now),
        DeliveryRules.Decide(Given.Delivery(Queued)!, null, DeliveryPreferences.Usual, Given.Now));

    [Fact]
    public void Is_skipped_for_who_has_switched_mail_off_unless_it_is_urgent()
    {
        Assert.Equal(
            new DeliverySkipped(Id, DeliveryRules.SwitchedOff, Given.Now),
            DeliveryRules.Decide(Given.Delivery(Queued)!, Given.Person(), Off, Given.Now));
        Assert.Null(DeliveryRules.Decide(
            Given.Delivery(Queued with { Urgent = true })!, Given.Person(), Off, Given.Now));
    }

    [Fact]
    public void Waits_for_the_end_of_quiet_hours_unless_it_is_urgent()
    {
        Assert.Equal(
            new DeliveryPostponed(Id, new(2026, 3, 3, 7, 0, 0, TimeSpan.Zero), DeliveryRules.QuietHours, Given.Now),
            DeliveryRules.Decide(Given.Delivery(Queued)!, Given.Person(), Night, Given.Now));
        Assert.Null(DeliveryRules.Decide(
            Given.Delivery(Queued with { Urgent = true })!, Given.Person(), Night, Given.Now));
    }

    [Fact]
    public void That_a_person_asked_for_again_goes_out_whatever_the_preferences()
    {
        var requeued = Given.Delivery(
            Queued, new DeliverySkipped(Id, DeliveryRules.SwitchedOff, Given.Now),
            new DeliveryRequeued(Id, "admin", Given.Now))!;
        Assert.Equal((DeliveryState.Queued, 0), (requeued.State, requeued.Attempts));
        Assert.Null(DeliveryRules.Decide(requeued, Given.Person(), Off, Given.Now));
        Assert.Null(DeliveryRules.Decide(requeued, Given.Person(), Night, Given.Now));
    }

    [Fact]
    public void Is_tried_again_with_growing_waits_and_then_given_up()
    {
        var state = Given.Delivery(Queued)!;
        var waits = new List<TimeSpan>();
        while (state.State == DeliveryState.Queued)
        {
            var failed = DeliveryRules.Failed(state, "refused", Given.Now);
            waits.Add(failed.RetryAt - Given.Now ?? TimeSpan.MaxValue);
            state = state.Apply(failed);
        }

        Assert.Equal(waits.Order(), waits);
        Assert.Equal((8, "refused", null), (state.Attempts, state.LastError, state.DueAt));
        Assert.Equal(DeliveryState.Failed, state.State);
    }

    [Fact]
    public void Counts_the_attempt_that_succeeds()
    {
        var failed = new DeliveryAttemptFailed(Id, 1, "refused", Given.Now.AddSeconds(5), Given.Now);
        var sent = DeliveryRules.Sent(Given.Delivery(Queued, failed)!, Given.Now);
        var state = Given.Delivery(Queued, failed, sent)!;
        Assert.Equal((DeliveryState.Sent, 2, "refused", Given.Now), (
            state.State, state.Attempts, state.LastError, state.SentAt!.Value));
    }

    [Fact]
    public void Can_be_sent_again_when_it_failed_or_was_skipped()
    {
        var failed = new DeliveryAttemptFailed(Id, 8, "refused", null, Given.Now);
        var skipped = new DeliverySkipped(Id, DeliveryRules.NoAddress, Given.Now);
        var requeued = new DeliveryRequeued(Id, "admin", Given.Now);
        Assert.Equal([requeued], Again(Queued, failed));
        Assert.Equal([requeued], Again(Queued, skipped));
        Assert.Empty(Again(Queued, failed, requeued));
        Assert.Throws<DomainException>(() => Again(Queued, new DeliverySent(Id, 1, Given.Now)));
        Assert.Throws<NotFoundException>(() => Again());
    }

    private static object? Decide(params object[] events) => DeliveryRules.Decide(
        Given.Delivery(events)!, Given.Person(), DeliveryPreferences.Usual, Given.Now);

    private static IReadOnlyList<object> Again(params object[] events) =>
        DeliveryRules.SendAgain(Given.Delivery(events), "admin", Given.Now);
}
