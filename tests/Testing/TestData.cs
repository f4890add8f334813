using System.IO.Compression;

namespace Performance.Testing;

/// <summary>Real data that tests and measurements share.</summary>
public static class TestData
{
    /// <summary>The ServiceNow log as published: a zip that holds one CSV.</summary>
    public static string ServiceNowLog { get; } =
        Path.Combine(AppContext.BaseDirectory, "data", "servicenow-incidents.zip");

    /// <summary>The mapping of the event-log profile for it (imports.md).</summary>
    public const string ServiceNowMapping = """
        { "profile": "event-log", "source": "servicenow",
          "ticketId": "number", "status": "incident_state", "at": "sys_updated_at", "assignee": "assigned_to",
          "createdAt": "opened_at", "type": "category", "state": "location", "title": "number",
          "dateFormat": "d/M/yyyy HH:mm", "timeZone": "UTC", "nullText": ["?"],
          "terminal": ["Resolved", "Closed"], "closed": ["Closed"], "hold": ["Awaiting*"],
          "sentBack": { "from": ["Resolved", "Closed"], "label": "Sent back from {from}" } }
        """;

    /// <summary>The root of the repository that the tests were built in.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The rows of the ServiceNow log, header first. Its cells hold no quotes and no commas.</summary>
    public static IEnumerable<string[]> ServiceNowRows()
    {
        using var zip = ZipFile.OpenRead(ServiceNowLog);
        using var reader = new StreamReader(zip.Entries.Single(e => e.Name.EndsWith(".csv")).Open());
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Performance.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
