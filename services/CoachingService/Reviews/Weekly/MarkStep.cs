using System.Globalization;
using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Reviews;

/// <summary>
/// <c>POST weekly-reviews/{week}/steps/{step} {done, note?, supervisor?}</c>: ticks a step of one's own review off, or
/// takes the tick back. An admin may name another supervisor, whose review has begun.
/// </summary>
internal static class MarkStep
{
    private const int LongestNote = 2_000;

    internal sealed record Body(bool? Done, string? Note, string? Supervisor);

    /// <param name="Supervisor">Whose review it is.</param>
    /// <param name="Teams">The teams that the asker supervises.</param>
    internal sealed record Command(
        string Supervisor, IReadOnlyList<string> Teams, IsoWeek Week, int Step, bool Done, string? Note);

    public static IReadOnlyList<object> Decide(WeeklyReview? state, Command command, string by, DateTimeOffset now)
    {
        if (state is null && command.Supervisor != by)
        {
            throw new NotFoundException($"{command.Supervisor} has not begun the review of this week.");
        }

        var (week, step) = (command.Week.ToString(), command.Step);
        var done = state?.Step(step);
        if (!command.Done)
        {
            return done is null ? [] : [new ReviewStepReopened(command.Supervisor, week, step, by, now)];
        }

        // A tick without a note leaves the note of the first one: only another note is news.
        return done is not null && (command.Note is null || command.Note == done.Note)
            ? []
            : [new ReviewStepDone(
                command.Supervisor, command.Supervisor == by ? command.Teams : state!.Teams, week, step, command.Note,
                by, now)];
    }

    public static Command Read(string week, string step, Body body, CurrentUser user, DateOnly today)
    {
        var read = IsoWeek.Read("week", week);
        // The supervisor's day may be one ahead of the day in UTC.
        if (read.Monday > today.AddDays(1))
        {
            throw new InvalidFieldException("week", "has not begun");
        }

        var done = body.Done ?? throw new InvalidFieldException("done", "is missing");
        var whose = Input.OptionalLine("supervisor", body.Supervisor, 200) ?? user.UserName;
        var note = string.IsNullOrWhiteSpace(body.Note) ? null : Input.Prose("note", body.Note, LongestNote);
        return whose == user.UserName || user.IsAdmin
            ? new Command(
                whose, [.. user.Teams.Order(StringComparer.Ordinal)], read, Step(step), done, note)
            : throw new ForbiddenException("This is another supervisor's review.");
    }

    public static void Map(RouteGroupBuilder group) => group.MapPost("/weekly-reviews/{week}/steps/{step}", (
            string week, string step, Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var now = clock.GetUtcNow();
            var user = CurrentUser.From(http.User);
            var command = Read(week, step, body, user, DateOnly.FromDateTime(now.UtcDateTime));
            return CommandEndpoint.RunAsync<WeeklyReview>(
                http, store, EventStoreId.Coaching, StreamIds.WeeklyReview(command.Supervisor, command.Week),
                state => Decide(state, command, user.UserName, now), cancel);
        }).RequireAuthorization(Policies.Supervision);

    private static int Step(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
        && step is >= 1 and <= WeeklyReview.StepCount
            ? step
            : throw new InvalidFieldException("step", $"is not from 1 to {WeeklyReview.StepCount}");
}
