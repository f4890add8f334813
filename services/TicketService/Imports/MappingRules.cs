using System.Globalization;
using NodaTime;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Imports;

/// <summary>What makes a mapping usable.</summary>
internal static class MappingRules
{
    private const int LongestName = 200;
    private const int MostEntries = 200;

    public static void Check(ImportMapping mapping)
    {
        foreach (var (name, value) in Texts(mapping))
        {
            CheckText(name, value);
        }

        foreach (var (name, values) in Lists(mapping))
        {
            CheckList(name, values);
        }

        switch (mapping.Profile)
        {
            case ImportMapping.EventLog:
                CheckEventLog(mapping);
                break;
            case ImportMapping.ClickUp:
                Require(mapping.MultiAssigneeCredit is null or "First", "multiAssigneeCredit", "is not First");
                break;
            default:
                throw Wrong("profile", "is neither event-log nor clickup");
        }

        Require(!string.Equals(mapping.Source, Ticket.OwnSource, StringComparison.OrdinalIgnoreCase),
            "source", "is the name of tickets filed here");
        CheckDates(mapping);
    }

    private static void CheckEventLog(ImportMapping mapping)
    {
        Require(mapping.Source is not null, "source", "is missing");
        Require(mapping.TicketId is not null, "ticketId", "is missing");
        Require(mapping.Status is not null, "status", "is missing");
        Require(mapping.At is not null, "at", "is missing");
        Require(mapping.Sort is null or "at", "sort", "is not at");
        Require(mapping.Order is null || mapping.Sort is not null, "order", "needs sort");
        if (mapping.SentBack is { } rule)
        {
            Require(rule.From is { Count: > 0 }, "sentBack.from", "is missing or empty");
            Require(!string.IsNullOrWhiteSpace(rule.Label), "sentBack.label", "is missing or empty");
        }
    }

    private static void CheckDates(ImportMapping mapping)
    {
        if (mapping.TimeZone is { } zone)
        {
            Require(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null, "timeZone", "is no IANA time zone");
        }

        if (mapping.DateFormat is not { } format)
        {
            return;
        }

        // A format that cannot read back what it wrote cannot tell a date.
        var sample = new DateTimeOffset(2017, 11, 23, 13, 45, 0, TimeSpan.Zero);
        try
        {
            var written = sample.ToString(format, CultureInfo.InvariantCulture);
            var read = new InstantReader(mapping with { TimeZone = null }).Read(written);
            Require(read?.Date == sample.Date, "dateFormat", "does not tell year, month and day");
        }
        catch (FormatException)
        {
            throw Wrong("dateFormat", "is no date format");
        }
    }

    private static IEnumerable<(string, string?)> Texts(ImportMapping m) =>
    [
        ("source", m.Source), ("ticketId", m.TicketId), ("status", m.Status), ("at", m.At), ("assignee", m.Assignee),
        ("createdAt", m.CreatedAt), ("type", m.Type), ("state", m.State), ("title", m.Title),
        ("dateFormat", m.DateFormat), ("timeZone", m.TimeZone), ("order", m.Order), ("doneAt", m.DoneAt),
        ("closedAt", m.ClosedAt), ("tags", m.Tags), ("holdHours", m.HoldHours), ("sentBack.label", m.SentBack?.Label)
    ];

    private static IEnumerable<(string, IReadOnlyList<string>?)> Lists(ImportMapping m) =>
    [
        ("nullText", m.NullText), ("terminal", m.Terminal), ("closed", m.Closed), ("hold", m.Hold),
        ("sentBack.from", m.SentBack?.From), ("rejectionLabels", m.RejectionLabels)
    ];

    private static void CheckText(string name, string? value)
    {
        Require(value is null || value.Length <= LongestName, name, $"is longer than {LongestName} characters");
        Require(value is null || !string.IsNullOrWhiteSpace(value), name, "is empty");
        Require(value is null || !value.Any(char.IsControl), name, "holds control characters");
    }

    private static void CheckList(string name, IReadOnlyList<string>? values)
    {
        Require(values is null || values.Count <= MostEntries, name, $"has more than {MostEntries} entries");
        foreach (var value in values ?? [])
        {
            Require(value is not null, name, "has a null entry");
            // An empty text may stand for nothing; an empty status or column may not.
            if (name != "nullText" || !string.IsNullOrWhiteSpace(value))
            {
                CheckText(name, value);
            }
        }
    }

    private static void Require(bool holds, string field, string reason)
    {
        if (!holds)
        {
            throw Wrong(field, reason);
        }
    }

    private static InvalidFieldException Wrong(string field, string reason) => new("mapping." + field, reason);
}
