using System.Globalization;
using System.Text.Json;

namespace Performance.Tickets.Sync;

/// <summary>
/// A task as the row that a view export would hold of it: column names and cells. What a task has no value for is an
/// empty cell (ADR 0100).
/// </summary>
internal static class TaskCells
{
    public const string Id = "Task ID";
    private const string TimeInStatus = "Time In Status";
    private const int LongestCell = 20_000;

    /// <param name="task">As the API sent it.</param>
    /// <param name="hours">For how long it has had its status, where that matters.</param>
    public static IReadOnlyList<(string Header, string Text)> Of(JsonElement task, double? hours)
    {
        var cells = new List<(string Header, string Text)>
        {
            ("Task Type", TypeOf(task)),
            (Id, TaskText.Of(task, "id")),
            ("Task Custom ID", TaskText.Of(task, "custom_id")),
            ("Task Name", TaskText.Of(task, "name")),
            ("Parent ID", TaskText.Of(task, "parent")),
            ("Status", TaskText.Of(task, "status", "status")),
            ("Assignee", TaskText.List(TaskText.Entries(task, "assignees").Select(TaskText.Person))),
            ("Priority", TaskText.Of(task, "priority", "priority")),
            ("Due Date", TaskText.Of(task, "due_date")),
            ("Start Date", TaskText.Of(task, "start_date")),
            ("Date Created", TaskText.Of(task, "date_created")),
            ("Date Updated", TaskText.Of(task, "date_updated")),
            ("Date Closed", TaskText.Of(task, "date_closed")),
            ("Date Done", TaskText.Of(task, "date_done")),
            ("Created By", task.TryGetProperty("creator", out var creator) ? TaskText.Person(creator) : ""),
            ("Space", TaskText.Of(task, "space", "name")),
            ("Folder", TaskText.Of(task, "folder", "name")),
            ("List", TaskText.Of(task, "list", "name")),
            ("Tags", TaskText.List(TaskText.Entries(task, "tags").Select(tag => TaskText.Of(tag, "name")))),
            (TimeInStatus, hours?.ToString("F9", CultureInfo.InvariantCulture) ?? "")
        };
        var fields = TaskText.Entries(task, "custom_fields").Select(TaskField.Cell)
            .Where(cell => cell.Header.Length > 0)
            // Lists may each have a field of that name and type: the one with a value counts.
            .GroupBy(cell => cell.Header.Trim(), StringComparer.OrdinalIgnoreCase)
            .Select(same => (same.Key, same.Select(c => c.Text).FirstOrDefault(t => t.Length > 0) ?? ""));
        cells.AddRange(fields.OrderBy(field => field.Key, StringComparer.Ordinal));
        return [.. cells.Select(cell => (cell.Header, Cut(cell.Text)))];
    }

    // An export names every kind of task; the API says 0 or nothing for the usual one and numbers the others.
    private static string TypeOf(JsonElement task) => TaskText.Of(task, "custom_item_id") switch
    {
        "" or "0" => "Task",
        "1" => "Milestone",
        _ => ""
    };

    private static string Cut(string text) => text.Length <= LongestCell ? text : text[..LongestCell];
}
