using static Performance.Tickets.Spec;

namespace Performance.Tickets.WorkLog;

public sealed class A_day_is_logged
{
    private static readonly DateOnly Day = new(2026, 3, 20);
    private static readonly WorkEntry Row = new("1", "VIN1", "Done", "Acme", null);

    [Fact]
    public void With_its_entries()
    {
        var logged = Assert.IsType<DayLogged>(Assert.Single(PutWorkDay.Decide(null, Put("notes", Row), Now)));
        Assert.Equal((Ann, Day, "notes", "ann", Now),
            (logged.AgentId, logged.Date, logged.Notes, logged.By, logged.OccurredAt));
        Assert.Equal([Row], logged.Entries);
    }

    [Fact]
    public void Once() => PutWorkDay.Decide(Logged(), Put("notes", Row), Now).Then();

    [Fact]
    public void Again_with_other_entries() =>
        Assert.IsType<DayLogged>(Assert.Single(
            PutWorkDay.Decide(Logged(), Put("notes", Row, Row with { Id = "2" }), Now)));

    [Fact]
    public void Emptied_it_has_no_log() =>
        PutWorkDay.Decide(Logged(), Put(null), Now).Then(new DayCleared(Ann, Day, "ann", Now));

    [Fact]
    public void An_empty_day_need_not_be_emptied() => PutWorkDay.Decide(null, Put(null), Now).Then();

    private static WorkDay Logged() =>
        WorkDay.Evolve(null, Id, new DayLogged(Ann, Day, "notes", [Row], "ann", Now));

    private static PutWorkDay.Command Put(string? notes, params WorkEntry[] rows) => new(Ann, Day, notes, rows, "ann");
}
