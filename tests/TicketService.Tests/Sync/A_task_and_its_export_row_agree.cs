using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Performance.Tickets.Sync;

/// <summary>What the API says of a task and what a view export says of it lead to the same ticket.</summary>
public sealed class A_task_and_its_export_row_agree : IAsyncLifetime
{
    private readonly SyncApp sync = new();

    private static readonly string[] Header =
    [
        "Task Type", "Task ID", "Task Name", "Status", "Assignee", "Date Created", "Date Updated", "Date Closed",
        "Date Done", "List", "tags", "Time In Status", "Transaction Type (drop down)", "🚗 State DMV (drop down)",
        "Reject Reason (labels)", "Due (date)"
    ];

    public Task InitializeAsync() => sync.InitializeAsync();

    public Task DisposeAsync() => sync.DisposeAsync();

    [Fact]
    public async Task In_every_event_and_importing_one_after_the_other_changes_nothing()
    {
        sync.ClickUp.Put(Tasks.Task(1));
        sync.ClickUp.Put(Tasks.Task(2, "complete", "closed"));
        sync.ClickUp.Put(Tasks.Task(3, "On Hold"));
        sync.ClickUp.Put(Tasks.Task(4, "state rej/hold"));
        await sync.ConfigureAsync();
        var run = await sync.RunAsync();
        Assert.Equal((4, 0, 0, 0, 0), SyncApp.Counts(run));
        var readAt = run["startedAt"]!.GetValue<DateTimeOffset>();

        var export = Export(readAt);
        var other = await sync.App.ImportAsync(export, """{"profile":"clickup","source":"export"}""");
        Assert.Equal(4, (int)other["created"]!);
        foreach (var task in sync.ClickUp.Tasks())
        {
            var id = (string)task["id"]!;
            Assert.Equal(await HistoryAsync("export", id), await HistoryAsync("clickup", id));
        }

        var same = await sync.App.ImportAsync(export, null);
        Assert.Equal(("clickup", 4), ((string)same["source"]!, (int)same["unchanged"]!));
        Assert.Equal((0, 0, 4, 0, 0), SyncApp.Counts(await RunAllAsync()));
    }

    [Fact]
    public async Task Also_with_the_mapping_that_was_confirmed_for_exports()
    {
        // Its list has no such field: the column is empty then, and Task Type does not step in.
        var task = Tasks.Task(40);
        task["custom_fields"] = new JsonArray();
        sync.ClickUp.Put(task);
        await sync.App.ImportAsync(
            Export(Tasks.Start), """
            {"profile":"clickup","source":"clickup","type":"List","rejectionLabels":["Reject Reason (labels)"]}
            """);
        await sync.ConfigureAsync();
        await RunAllAsync();
        var ticket = await sync.App.GetAsync($"tickets/{await sync.App.IdAsync("clickup", "86a0040")}");
        Assert.Equal("Titles", (string)ticket["type"]!);
    }

    private async Task<JsonNode> RunAllAsync()
    {
        await sync.App.Database.ExecuteAsync("update sync_run set started_at = started_at - interval '2 days'");
        return await sync.RunAsync();
    }

    // The rows as ClickUp exports them, to the second.
    private string Export(DateTimeOffset readAt)
    {
        var text = new StringBuilder().AppendLine(Line(Header));
        foreach (var task in sync.ClickUp.Tasks())
        {
            var fields = task["custom_fields"]!.AsArray();
            var type = fields.Count == 0 ? "" : new[] { "Renewal", "Transfer", "Title" }[(int)fields[0]!["value"]!];
            var labels = fields.Count == 0 || fields[2]!["value"]!.AsArray().Count == 0
                ? "[]"
                : "[Missing signature, Wrong fee]";
            var since = At((string)task["since"]!);
            text.AppendLine(Line(
                "Task", (string)task["id"]!, (string)task["name"]!, (string)task["status"]!["status"]!,
                $"[{string.Join(", ", task["assignees"]!.AsArray().Select(a => (string)a!["username"]!))}]",
                Written(task, "date_created"), Written(task, "date_updated"), Written(task, "date_closed"),
                Written(task, "date_done"), "Titles",
                $"[{string.Join(", ", task["tags"]!.AsArray().Select(t => (string)t!["name"]!))}]",
                (readAt - since).TotalHours.ToString("F9", CultureInfo.InvariantCulture), type, "", labels, ""));
        }

        return text.ToString();
    }

    private static string Line(params IReadOnlyList<string> cells) =>
        string.Join(',', cells.Select(c => $"\"{c.Replace("\"", "\"\"")}\""));

    private static DateTimeOffset At(string epoch) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(epoch, CultureInfo.InvariantCulture));

    private static string Written(JsonObject task, string member) => (string?)task[member] is not { } epoch
        ? ""
        : At(epoch).ToOffset(TimeSpan.FromHours(8)).ToString(
            "dddd, MMMM d'th' yyyy, h:mm:ss tt zzz", CultureInfo.InvariantCulture);

    // Everything but who is who there: the two sources have their own people. Instants to the minute.
    private async Task<string> HistoryAsync(string source, string externalId)
    {
        await using var select = sync.App.Database.DataSource.CreateCommand("""
            select string_agg(concat_ws(' ', e.type, e.version,
                regexp_replace((e.data - 'AgentId' - 'Source' - 'FromAgentId')::text, '(:\d\d):[\d.]+', '\1', 'g')),
                E'\n' order by e.version)
            from mt_events e join ticket_list t on t.ticket_id = e.stream_id
            where t.source = $1 and t.external_id = $2
            """);
        select.Parameters.Add(new() { Value = source });
        select.Parameters.Add(new() { Value = externalId });
        return (string)(await select.ExecuteScalarAsync())!;
    }
}
