namespace Performance.Portal.OldFiles;

/// <summary>What entries of an old file can become.</summary>
public enum OldSection
{
    None, CoachingLogs, Overrides, Attendance, RampPlans, Productivity, DayNotes
}

/// <summary>A field to fill from a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Required">Nothing can be imported without it.</param>
/// <param name="Words">How old files may call it, the likeliest first; letters and digits only.</param>
public sealed record OldField(string Name, string Label, bool Required, params IReadOnlyList<string> Words)
{
    /// <summary>What stands for all entries unless the person says otherwise.</summary>
    public string? Fixed { get; init; }
}

/// <summary>The sections with their fields, and the words by which they are known.</summary>
internal static class OldSections
{
    public static readonly OldField Agent = new("agent", "Agent", true,
        "agent", "agentname", "assignee", "owner", "employee", "employeename", "rep", "staff", "member", "username",
        "user", "person", "name");

    public static readonly OldField Ticket = new("ticket", "Ticket number", true,
        "ticket", "ticketid", "taskid", "task", "externalid", "ticketnumber", "customid");

    public static readonly OldField Source = new("source", "Tickets came from", false, "source")
    {
        Fixed = "clickup"
    };

    public static readonly OldField Date = new("date", "Date", true,
        "date", "sessiondate", "coachingdate", "workdate", "logdate", "day", "on", "loggedon");

    public static readonly OldField Notes = new("notes", "Notes", true,
        "notes", "coachingnotes", "note", "text", "comments", "comment", "summary");

    public static readonly OldField Item = new("actionItem", "Action item", false,
        "actionitem", "actionitemtext", "action", "followup", "nextstep");

    public static readonly OldField By = new("by", "Supervisor", false,
        "supervisor", "supervisorname", "coach", "by", "loggedby", "enteredby", "author", "setby");

    public static readonly OldField At = new("at", "Recorded at", false,
        "at", "timestamp", "savedat", "loggedat", "createdat", "recordedat", "updatedat", "when", "ts");

    public static readonly OldField Reason = new("reason", "Reason", true, "reason", "overridereason", "excusereason");

    public static readonly OldField Month = new("month", "Month", true, "month", "period", "yearmonth");

    public static readonly OldField Percent = new("percent", "Percent", true,
        "percent", "attendance", "attendancepercent", "pct", "rate", "attendancepct");

    public static readonly OldField Hire = new("hireMonth", "Hire month", true,
        "hiremonth", "hired", "hiredate", "startmonth", "start", "month");

    public static readonly OldField Access = new("accessId", "Access id / VIN", true,
        "accessid", "accessidvin", "vin", "access", "taskref");

    public static readonly OldField Status = new("status", "Status", false, "status", "state");

    public static readonly OldField Client = new("client", "Client", false, "client", "customer", "account");

    public static readonly OldField Comments = new("comments", "Comments", false, "comments", "comment", "remarks");

    public static readonly OldField DayNotes = new("dayNotes", "Notes of the day", false, "daynotes", "notes", "note");

    private static readonly Dictionary<OldSection, (string Label, IReadOnlyList<OldField> Fields, string[] Hints)> All =
        new()
        {
            [OldSection.None] = ("Leave out", [], []),
            [OldSection.CoachingLogs] = ("Coaching logs",
                [Agent with { Required = false }, Ticket with { Required = false }, Source, Date, Notes, Item, By, At],
                ["coach", "session"]),
            [OldSection.Overrides] = ("Overrides (excused rejections)",
                [Ticket, Source, Reason, At with { Required = true, Words = [.. At.Words, "date"] }, By],
                ["override", "excuse"]),
            [OldSection.Attendance] = ("Attendance", [Agent, Month, Percent, By, At], ["attend"]),
            [OldSection.RampPlans] = ("Ramp plans", [Agent, Hire, By, At], ["ramp"]),
            [OldSection.Productivity] = ("Productivity log, one row a task",
                [Agent, Date, Access, Status, Client, Comments, DayNotes, At], ["productiv", "worklog", "dailylog"]),
            [OldSection.DayNotes] = ("Productivity log, notes of a day",
                [Agent, Date, Notes, At], ["productiv", "worklog", "dailylog"])
        };

    private static readonly HashSet<string> Vocabulary =
        [.. All.Values.SelectMany(s => s.Fields).SelectMany(f => f.Words), "version", "settings", "data", "entries",
            "rows", "logs", "tasks", "items", "meta", "theme", "agents", "duedate"];

    public static IEnumerable<OldSection> Each => All.Keys;

    public static string Label(OldSection section) => All[section].Label;

    public static IReadOnlyList<OldField> Fields(OldSection section) => All[section].Fields;

    /// <summary>True where the place's name says that these are in it.</summary>
    public static bool IsHinted(OldSection section, string path) =>
        All[section].Hints.Any(Plain(path).Contains);

    /// <summary>True for the name of a field or a section: no person, ticket or month is called so.</summary>
    public static bool Knows(string name)
    {
        var plain = Plain(name);
        return Vocabulary.Contains(plain)
            || (!name.Contains(' ') && All.Values.SelectMany(s => s.Hints).Any(h => plain.Contains(h)));
    }

    /// <summary>Small letters and digits only.</summary>
    public static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
