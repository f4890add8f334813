namespace Performance.Demo;

/// <summary>
/// A made-up task with all that ever happens to it. It follows from its number alone, so that a later export holds
/// later states of the same tasks, and whoever needs a task of a kind finds the same one again.
/// </summary>
/// <param name="Id">As ClickUp numbers it.</param>
/// <param name="Created">The rep's day and hour.</param>
/// <param name="Moved">When the rep began with it.</param>
/// <param name="Held">Whether it waits for somebody else after that.</param>
/// <param name="SentBack">When the county returned it; null: it never did.</param>
/// <param name="Done">When it was finished.</param>
/// <param name="Defects">Why it was returned.</param>
internal sealed record ClickUpTask(
    Rep Rep,
    string Id,
    string Title,
    string Type,
    string State,
    DateTimeOffset Created,
    DateTimeOffset Moved,
    bool Held,
    DateTimeOffset? SentBack,
    DateTimeOffset Done,
    IReadOnlyList<string> Defects)
{
    private const int Days = 130;
    private const int ADay = 3;

    private static readonly string[] Types =
        ["Title transfer", "Registration renewal", "Lien release", "Duplicate title"];
    private static readonly string[] States = ["CA", "TX", "FL", "NV", "AZ"];
    private static readonly string[] Causes =
        ["Missing signature", "Wrong VIN", "Expired form", "Fee mismatch", "Illegible copy"];

    /// <summary>The tasks of the last months that have been created by now.</summary>
    public static IEnumerable<ClickUpTask> All(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return
            from back in Enumerable.Range(0, Days + 1)
            let day = today.AddDays(back - Days)
            where day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            from rep in Organisation.Reps
            from n in Enumerable.Range(0, ADay)
            let task = Of(rep, day, n, zone)
            where task.Created <= now
            select task;
    }

    public bool IsSentBackBy(DateTimeOffset instant) => SentBack <= instant;

    public bool IsDoneBy(DateTimeOffset instant) => Done <= instant;

    private static ClickUpTask Of(Rep rep, DateOnly day, int n, TimeZoneInfo zone)
    {
        var random = Chance.Of("task", rep.UserName, day.DayNumber, n);
        var created = WorkingDay.At(day, (8 * 60) + random.Next(500), random.Next(60), zone);
        var moved = created.AddHours(2 + random.Next(30));
        var sentBack = moved.AddHours(20 + random.Next(60));
        var done = random.Happens(0.06) ? created.AddDays(200) : moved.AddHours(24 + random.Next(150));
        var rejected = !random.Happens(rep.Care);
        var held = random.Happens(0.05);
        var type = random.Pick(Types);
        var state = random.Pick(States);
        var cause = random.Pick(Causes);
        string[] defects = random.Happens(0.2) ? [cause, random.Pick(Causes)] : [cause];
        var index = Organisation.Reps.TakeWhile(other => other != rep).Count();
        var number = 48_000_000L + (day.DayNumber * 100L) + (index * 10) + n;
        return new ClickUpTask(
            rep, $"demo{number}", $"{type} {number % 1_000_000}", type, state, created, moved, held,
            rejected ? sentBack : null, rejected ? done.AddHours(90) : done, [.. defects.Distinct()]);
    }
}
