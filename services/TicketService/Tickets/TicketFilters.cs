using System.Globalization;
using Microsoft.Extensions.Primitives;
using NodaTime;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>The filters of api.md: AND across them, OR within one; dates in the business zone.</summary>
internal sealed record TicketFilters
{
    private const int MostValues = 200;
    private const int LongestValue = 200;
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Spans of creation instants: those of the months and those of the weeks asked for.</summary>
    public IReadOnlyList<IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)>> Created { get; private init; } = [];

    /// <summary>ISO days of the week, from 1.</summary>
    public int[] IsoDays { get; private init; } = [];

    public Guid[] Assignees { get; private init; } = [];

    public bool Unassigned { get; private init; }

    public string[] Types { get; private init; } = [];

    public string[] States { get; private init; } = [];

    public string[] Statuses { get; private init; } = [];

    public bool Coached { get; private init; }

    public string? Search { get; private init; }

    public string? Source { get; private init; }

    public string? TicketId { get; private init; }

    public static TicketFilters Read(IQueryCollection query, DateTimeZone zone)
    {
        var assignees = Values(query, "assignee");
        return new TicketFilters
        {
            Created = [.. Spans(query, "month", zone, Month), .. Spans(query, "week", zone, Week)],
            IsoDays = [.. Values(query, "day").Select(Day)],
            Assignees = [.. assignees.Where(a => a != "unassigned").Select(a => Input.Id("assignee", a))],
            Unassigned = assignees.Contains("unassigned"),
            Types = Values(query, "type"),
            States = Values(query, "state"),
            Statuses = [.. Values(query, "status").Select(s => s.Trim().ToLowerInvariant())],
            Coached = Input.Flag("coached", Single(query, "coached")),
            Search = Single(query, "search"),
            Source = Single(query, "source"),
            TicketId = Single(query, "ticketId")
        };
    }

    private static string[] Values(IQueryCollection query, string name)
    {
        var values = query.TryGetValue(name, out var given) ? given : StringValues.Empty;
        if (values.Count > MostValues)
        {
            throw new InvalidFieldException(name, $"is given more than {MostValues} times");
        }

        return [.. values.Select(value => Input.Line(name, value, LongestValue)).Distinct()];
    }

    private static string? Single(IQueryCollection query, string name) => Values(query, name) switch
    {
        [] => null,
        [var value] => value,
        _ => throw new InvalidFieldException(name, "is given more than once")
    };

    private static IEnumerable<IReadOnlyList<(DateTimeOffset, DateTimeOffset)>> Spans(
        IQueryCollection query, string name, DateTimeZone zone, Func<string, (LocalDate From, LocalDate To)> read) =>
        Values(query, name) is { Length: > 0 } values
            ? [[.. values.Select(read).Select(s => (Start(s.From, zone), Start(s.To, zone)))]]
            : [];

    private static (LocalDate, LocalDate) Month(string value)
    {
        var month = LocalDate.FromDateOnly(Input.Month("month", value));
        return (month, month.PlusMonths(1));
    }

    private static (LocalDate, LocalDate) Week(string value)
    {
        var parts = value.Split("-W");
        if (parts is not [{ Length: 4 } yearText, { Length: 2 } weekText]
            || !int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(weekText, NumberStyles.None, CultureInfo.InvariantCulture, out var week)
            || year is < 1900 or > 2199 || week < 1 || week > ISOWeek.GetWeeksInYear(year))
        {
            throw new InvalidFieldException("week", "is no ISO week such as 2026-W23");
        }

        var monday = LocalDate.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return (monday, monday.PlusWeeks(1));
    }

    private static int Day(string value) => Array.IndexOf(Days, value) is var index and >= 0
        ? index + 1
        : throw new InvalidFieldException("day", $"is none of {string.Join(", ", Days)}");

    private static DateTimeOffset Start(LocalDate date, DateTimeZone zone) =>
        zone.AtStartOfDay(date).ToInstant().ToDateTimeOffset();
}
