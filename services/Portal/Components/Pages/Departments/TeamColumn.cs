using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Departments;

/// <summary>A column of the comparison.</summary>
/// <param name="Id">Its name in the address.</param>
/// <param name="Group">The head over it and its neighbours.</param>
/// <param name="Value">For sorting, for the cell and for the CSV; null is a dash, and last.</param>
/// <param name="Href">The list behind it.</param>
public sealed record TeamColumn(
    string Id, string Group, string Head, string Name, Func<TeamFigures, decimal?> Value,
    Func<TeamRow, DepartmentAddress, string> Href)
{
    public const string Team = "name";

    public static TableOrder ByName { get; } = new(Team);

    public bool IsRate { get; init; }

    /// <summary>Tells in which way a count that is not 0 is to be looked at.</summary>
    public string? Tone { get; init; }

    /// <summary>The rate over the last months beside it.</summary>
    public Func<TrendMonth, decimal?>? Trend { get; init; }

    public static IReadOnlyList<TeamColumn> All { get; } =
    [
        new("people", "Volume", "People", "People", t => t.People, (r, at) => r.Listed(at, DepartmentPanel.People)),
        new("allocated", "Volume", "Allocated", "Allocated", t => t.Allocated, (r, _) => r.Tickets("allocated")),
        new("processed", "Volume", "Processed", "Processed", t => t.Processed, (r, _) => r.Tickets("processed")),
        new("failedFirstPassRate", "Quality", "Failed %", "Failed first-pass rate %", t => t.FailedFirstPassRate,
            (r, _) => r.Tickets("failedFirstPass")) { IsRate = true, Trend = t => t.FailedFirstPassRate },
        new("rejectRate", "Quality", "Reject %", "Reject rate %", t => t.RejectRate, (r, _) => r.Tickets("rejected"))
            { IsRate = true, Trend = t => t.RejectRate },
        new("reRejectionRate", "Quality", "Re-rej. %", "Re-rejection rate %", t => t.ReRejectionRate,
            (r, _) => r.Tickets("reRejected")) { IsRate = true },
        new("open", "Open now", "Open", "Open tickets, now", t => t.Open, (r, _) => r.Pipeline),
        new("oldTickets", "Open now", "Too old", "Open too long, now", t => t.OldTickets,
            (r, _) => r.Escalated("oldTickets")) { Tone = "bad" },
        new("longHold", "Open now", "Held", "On hold too long, now", t => t.LongHold, (r, _) => r.Escalated("longHold"))
            { Tone = "bad" },
        new("a", "Grades", "A", "Grade A", t => t.Grades.A, (r, _) => r.Grades),
        new("b", "Grades", "B", "Grade B", t => t.Grades.B, (r, _) => r.Grades),
        new("c", "Grades", "C", "Grade C", t => t.Grades.C, (r, _) => r.Grades) { Tone = "warn" },
        new("d", "Grades", "D", "Grade D", t => t.Grades.D, (r, _) => r.Grades) { Tone = "bad" },
        new("declining", "People", "Declining", "Agents who decline", t => t.Declining.Count, (r, _) => r.Declining)
            { Tone = "warn" },
        new("coachingSessions", "People", "Coaching", "Coaching sessions", t => t.CoachingSessions,
            (r, at) => r.Listed(at, DepartmentPanel.Sessions))
    ];

    public static bool Sorts(string column) => column == Team || All.Any(c => c.Id == column);

    public string Text(TeamFigures team) => Value(team) switch
    {
        null => Numbers.Dash,
        { } rate when IsRate => Numbers.One(rate),
        { } count => Numbers.Count(count)
    };

    /// <summary>The value as a spreadsheet takes it.</summary>
    public string Plain(TeamFigures team) => Value(team) switch
    {
        null => "",
        { } rate when IsRate => decimal.Round(rate, 1, MidpointRounding.AwayFromZero)
            .ToString("0.0", CultureInfo.InvariantCulture),
        { } count => count.ToString(CultureInfo.InvariantCulture)
    };
}
