using System.Globalization;
using System.Text;

namespace Performance.Demo;

/// <summary>
/// A made-up export in ClickUp's view format, of the last months up to now: every task's state follows from its number
/// and the time that has passed, so that a later export holds later states of the same tasks.
/// </summary>
internal static class ClickUpExport
{
    private const int Days = 130;

    private static readonly string[] Types =
        ["Title transfer", "Registration renewal", "Lien release", "Duplicate title"];
    private static readonly string[] States = ["CA", "TX", "FL", "NV", "AZ"];
    private static readonly string[] Defects =
        ["Missing signature", "Wrong VIN", "Expired form", "Fee mismatch", "Illegible copy"];

    public static byte[] Write(DateTimeOffset now, TimeZoneInfo zone)
    {
        var csv = new StringBuilder("Task Type,Task ID,Task Name,Status,Assignee,Date Created,Date Updated,Date Closed,"
            + "Date Done,tags,Transaction Type (drop down),State DMV (drop down),Rejection Reason (labels)\n");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (var day = today.AddDays(-Days); day <= today; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                continue;
            }

            foreach (var rep in Organisation.Reps)
            {
                for (var n = 0; n < 3; n++)
                {
                    Task(csv, rep, day, n, now, zone);
                }
            }
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static void Task(StringBuilder csv, Rep rep, DateOnly day, int n, DateTimeOffset now, TimeZoneInfo zone)
    {
        var random = Chance.Of("task", rep.UserName, day.DayNumber, n);
        var created = WorkingDay.At(day, (8 * 60) + random.Next(500), random.Next(60), zone);
        var moved = created.AddHours(2 + random.Next(30));
        var sentBack = moved.AddHours(20 + random.Next(60));
        var done = (random.Happens(0.06) ? created.AddDays(200) : moved.AddHours(24 + random.Next(150)));
        var rejected = !random.Happens(rep.Care);
        var held = random.Happens(0.05);
        var type = random.Pick(Types);
        var state = random.Pick(States);
        var label = random.Pick(Defects) + (random.Happens(0.2) ? ", " + random.Pick(Defects) : "");
        if (created > now)
        {
            return;
        }

        done = rejected ? done.AddHours(90) : done;
        var isRejected = rejected && sentBack <= now;
        var status = done <= now ? "Complete"
            : isRejected ? "State Rej/Hold"
            : moved > now ? "Open"
            : held ? "On Hold" : "In Progress";
        var updated = done <= now ? done : isRejected ? sentBack : moved <= now ? moved : created;
        var number = 48_000_000L + (day.DayNumber * 100L) + (Index(rep) * 10) + n;
        string[] cells =
        [
            "Task", "demo" + number.ToString(CultureInfo.InvariantCulture), $"{type} {number % 1_000_000}", status,
            $"[{rep.Name}]", Date(created), Date(updated), done <= now ? Date(done) : "", done <= now ? Date(done) : "",
            "[]", type, state, isRejected ? $"[{Distinct(label)}]" : ""
        ];
        csv.AppendJoin(',', cells.Select(cell => cell.Contains(',') ? $"\"{cell}\"" : cell)).Append('\n');

        string Date(DateTimeOffset at) => ViewDate(TimeZoneInfo.ConvertTime(at, zone));
    }

    private static int Index(Rep rep) => Organisation.Reps.TakeWhile(other => other != rep).Count();

    private static string Distinct(string labels) => string.Join(", ", labels.Split(", ").Distinct());

    /// <summary>For example <c>Monday, June 2nd 2025, 12:48:50 pm +08:00</c>.</summary>
    private static string ViewDate(DateTimeOffset at)
    {
        var ordinal = (at.Day % 10, at.Day / 10) switch
        {
            (1, not 1) => "st",
            (2, not 1) => "nd",
            (3, not 1) => "rd",
            _ => "th"
        };
        var invariant = CultureInfo.InvariantCulture;
        return at.ToString("dddd, MMMM d", invariant) + ordinal + at.ToString(" yyyy, h:mm:ss ", invariant)
            + at.ToString("tt", invariant).ToLowerInvariant() + at.ToString(" zzz", invariant);
    }
}
