using Performance.Coaching.Reviews;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching;

public sealed class Steps_of_a_weekly_review
{
    private static readonly string[] Teams = ["north"];
    private static readonly IsoWeek Week = new(2026, 10);
    private static readonly MarkStep.Command Tick = new("sam", Teams, Week, 3, true, null);
    private static readonly ReviewStepDone Done = new("sam", Teams, "2026-W10", 3, "4.1 %", "sam", Given.Now);

    [Fact]
    public void Ticking_one_off_says_who_and_when()
    {
        var done = Assert.IsType<ReviewStepDone>(Assert.Single(MarkStep.Decide(null, Tick, "sam", Given.Now)));
        Assert.Equal(Done with { Note = null }, done);
        var step = Given.Review(done)!.Step(3);
        Assert.Equal(new ReviewStep(3, "sam", Given.Now, null), step);
    }

    [Fact]
    public void Ticking_it_again_is_no_event_but_another_note_is()
    {
        var state = Given.Review(Done);
        Assert.Empty(MarkStep.Decide(state, Tick, "sam", Given.Now.AddHours(1)));
        Assert.Empty(MarkStep.Decide(state, Tick with { Note = "4.1 %" }, "sam", Given.Now.AddHours(1)));
        var noted = MarkStep.Decide(state, Tick with { Note = "5.3 %" }, "sam", Given.Now.AddHours(1));
        Assert.Equal("5.3 %", Given.Review([Done, .. noted])!.Step(3)!.Note);
    }

    [Fact]
    public void A_tick_is_taken_back_once()
    {
        var untick = Tick with { Done = false };
        Assert.Empty(MarkStep.Decide(null, untick, "sam", Given.Now));
        var reopened = MarkStep.Decide(Given.Review(Done), untick, "sam", Given.Now);
        Assert.Equal([new ReviewStepReopened("sam", "2026-W10", 3, "sam", Given.Now)], reopened);
        var state = Given.Review([Done, .. reopened]);
        Assert.Null(state!.Step(3));
        Assert.Empty(MarkStep.Decide(state, untick, "sam", Given.Now));
    }

    [Fact]
    public void The_review_is_complete_when_the_last_of_nine_is_done()
    {
        var steps = Enumerable.Range(1, 9).Reverse()
            .Select(n => Done with { Step = n, OccurredAt = Given.Now.AddMinutes(n) }).ToArray();
        Assert.Null(Given.Review(steps[..8])!.CompletedAt);
        var whole = Given.Review([.. steps])!;
        Assert.Equal(Given.Now.AddMinutes(9), whole.CompletedAt);
        Assert.Equal(Enumerable.Range(1, 9), whole.Steps.Select(s => s.Step));
    }

    [Fact]
    public void An_admin_stands_in_only_where_the_review_has_begun()
    {
        Assert.Throws<NotFoundException>(() => MarkStep.Decide(null, Tick, "admin", Given.Now));
        var done = (ReviewStepDone)MarkStep.Decide(
            Given.Review(Done), Tick with { Step = 4, Teams = [] }, "admin", Given.Now)[0];
        Assert.Equal(("sam", "admin"), (done.Supervisor, done.By));
        Assert.Equal(["north"], done.Teams);
    }

    [Fact]
    public void A_supervisor_ticks_no_other_review()
    {
        var body = new MarkStep.Body(true, null, "kim");
        var day = new DateOnly(2026, 3, 2);
        Assert.Throws<ForbiddenException>(() => MarkStep.Read("2026-W10", "3", body, User("sam"), day));
        Assert.Equal("kim", MarkStep.Read("2026-W10", "3", body, User("admin", Roles.Admin), day).Supervisor);
    }

    [Theory]
    [InlineData("2026-03-01", true)]
    [InlineData("2026-02-28", false)]
    public void A_week_is_reviewed_from_its_Monday_on_wherever_it_begins_first(string today, bool allowed)
    {
        var read = Record.Exception(() => MarkStep.Read(
            "2026-W10", "3", new MarkStep.Body(true, null, null), User("sam"), DateOnly.Parse(today)));
        Assert.Equal(allowed, read is null);
    }

    private static CurrentUser User(string name, string role = Roles.Supervisor) =>
        new(name, new HashSet<string> { role }, null, new HashSet<string>(Teams), null);
}
