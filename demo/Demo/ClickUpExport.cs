using System.Globalization;
using System.Text;

namespace Performance.Demo;

/// <summary>A made-up export in ClickUp's view format: every task of the last months in its state as of now.</summary>
internal static class ClickUpExport
{
    public static byte[] Write(DateTimeOffset now, TimeZoneInfo zone)
    {
        var csv = new StringBuilder("Task Type,Task ID,Task Name,Status,Assignee,Date Created,Date Updated,Date Closed,"
            + "Date Done,tags,Transaction Type (drop down),State DMV (drop down),Rejection Reason (labels)\n");
        foreach (var task in ClickUpTask.All(now, zone))
        {
            Write(csv, task, now, zone);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static void Write(StringBuilder csv, ClickUpTask task, DateTimeOffset now, TimeZoneInfo zone)
    {
        var done = task.IsDoneBy(now);
        var sentBack = task.IsSentBackBy(now);
        var status = done ? "Complete"
            : sentBack ? "State Rej/Hold"
            : task.Moved > now ? "Open"
            : task.Held ? "On Hold" : "In Progress";
        var updated = done ? task.Done
            : sentBack ? task.SentBack!.Value
            : task.Moved <= now ? task.Moved : task.Created;
        var end = done ? Date(task.Done) : "";
        string[] cells =
        [
            "Task", task.Id, task.Title, status, $"[{task.Rep.Name}]", Date(task.Created), Date(updated), end, end,
            "[]", task.Type, task.State, sentBack ? $"[{string.Join(", ", task.Defects)}]" : ""
        ];
        csv.AppendJoin(',', cells.Select(cell => cell.Contains(',') ? $"\"{cell}\"" : cell)).Append('\n');

        string Date(DateTimeOffset at) => ViewDate(TimeZoneInfo.ConvertTime(at, zone));
    }

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
