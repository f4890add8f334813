using System.Globalization;
using System.Text.Json.Nodes;

namespace Performance.Tickets.Sync;

/// <summary>Tasks as the API sends them.</summary>
internal static class Tasks
{
    /// <summary>This year, so that a first run has them.</summary>
    public static readonly DateTimeOffset Start = new(
        TimeProvider.System.GetUtcNow().Year, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Reasons = ["Missing signature", "Wrong fee", "No stamp"];

    /// <summary>A task with every kind of value that matters; the n-th has its own instants.</summary>
    public static JsonObject Task(int n, string status = "in progress", string type = "custom") => new()
    {
        ["id"] = $"86a{n:0000}",
        ["custom_id"] = null,
        ["custom_item_id"] = 0,
        ["name"] = $"Title {n}, with \"quotes\"",
        ["status"] = new JsonObject { ["status"] = status, ["type"] = type, ["color"] = "#fff" },
        ["date_created"] = Epoch(Start.AddMinutes(n)),
        ["date_updated"] = Epoch(Start.AddHours(30).AddMinutes(n)),
        ["date_closed"] = type == "closed" ? Epoch(Start.AddHours(20)) : null,
        ["date_done"] = type == "closed" ? Epoch(Start.AddHours(20)) : null,
        ["creator"] = new JsonObject { ["id"] = 1, ["username"] = "Boss" },
        ["assignees"] = new JsonArray(
            new JsonObject { ["id"] = 1, ["username"] = $"Agent {n % 5}", ["email"] = "a@example.org" },
            new JsonObject { ["id"] = 2, ["username"] = "Second", ["email"] = "b@example.org" }),
        ["tags"] = n % 10 == 3
            ? new JsonArray(new JsonObject { ["name"] = "rej-late" }, new JsonObject { ["name"] = "urgent" })
            : new JsonArray(),
        ["parent"] = n % 7 == 0 ? "86a0001" : null,
        ["priority"] = null,
        ["custom_fields"] = Fields(n),
        ["team_id"] = FakeClickUp.Team,
        ["list"] = new JsonObject { ["id"] = "1", ["name"] = "Titles" },
        ["folder"] = new JsonObject { ["id"] = "2", ["name"] = "DMV" },
        ["space"] = new JsonObject { ["id"] = "3" },
        // Half a minute: a length of time, as exports have it, is exact to the moment of the upload only.
        ["since"] = Epoch(Start.AddHours(24).AddSeconds(30))
    };

    public static string Epoch(DateTimeOffset at) =>
        at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public static void Update(JsonObject task, DateTimeOffset at, string? status = null)
    {
        task["date_updated"] = Epoch(at);
        if (status is not null)
        {
            task["status"]!["status"] = status;
        }
    }

    private static JsonArray Fields(int n) => new(
        new JsonObject
        {
            ["id"] = "f1", ["name"] = "Transaction Type", ["type"] = "drop_down",
            ["type_config"] = Options("name", ["Renewal", "Transfer", "Title"]), ["value"] = n % 3
        },
        // Unset: no value at all.
        new JsonObject
        {
            ["id"] = "f2", ["name"] = "🚗 State DMV", ["type"] = "drop_down",
            ["type_config"] = Options("name", ["CA", "TX"])
        },
        new JsonObject
        {
            ["id"] = "f3", ["name"] = "Reject Reason", ["type"] = "labels",
            ["type_config"] = Options("label", Reasons),
            ["value"] = n % 10 == 1 ? new JsonArray("o0", "o1") : new JsonArray()
        },
        new JsonObject
        {
            ["id"] = "f4", ["name"] = "Due", ["type"] = "date", ["type_config"] = new JsonObject(),
            ["value"] = Epoch(Start)
        });

    private static JsonObject Options(string label, IReadOnlyList<string> names) => new()
    {
        ["options"] = new JsonArray([.. names.Select((name, i) => new JsonObject
        {
            ["id"] = $"o{i}", [label] = name, ["orderindex"] = i, ["color"] = null
        })])
    };
}
