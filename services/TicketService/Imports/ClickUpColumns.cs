using System.Text.RegularExpressions;

namespace Performance.Tickets.Imports;

/// <summary>The mapping of a ClickUp export that its headers suggest (clickup.md, default column mapping).</summary>
internal static partial class ClickUpColumns
{
    private static readonly string[] Types =
        ["Transaction Type (drop down)", "Transaction Type", "Task Type", "List", "List Name"];

    private static readonly string[] States = ["State DMV (drop down)", "State (drop down)", "State"];

    /// <summary>Whether the headers are those of a ClickUp export, of a view or of a workspace.</summary>
    public static bool Fit(IReadOnlyList<string> headers)
    {
        var columns = new ColumnNames(headers);
        return columns.Find("Task ID") >= 0 && columns.Find("Task Name") >= 0 && columns.Find("Status") >= 0;
    }

    /// <summary>The given mapping, completed with what the headers suggest.</summary>
    public static ImportMapping Complete(ImportMapping mapping, IReadOnlyList<string> headers)
    {
        var columns = new ColumnNames(headers);
        return mapping with
        {
            Profile = ImportMapping.ClickUp,
            Source = mapping.Source ?? ImportMapping.ClickUp,
            TicketId = mapping.TicketId ?? First(["Task ID"]),
            Title = mapping.Title ?? First(["Task Name"]),
            Status = mapping.Status ?? First(["Status"]),
            Assignee = mapping.Assignee ?? First(["Assignee", "Assignees"]),
            Type = mapping.Type ?? First(Types),
            State = mapping.State ?? First(States),
            CreatedAt = mapping.CreatedAt ?? First(["Date Created", "Date Created Text"]),
            At = mapping.At ?? First(["Date Updated", "Date Updated Text"]),
            DoneAt = mapping.DoneAt ?? First(["Date Done", "Date Done Text"]),
            ClosedAt = mapping.ClosedAt ?? First(["Date Closed", "Date Closed Text"]),
            HoldHours = mapping.HoldHours ?? First(["Time In Status"]),
            Tags = mapping.Tags ?? First(["Tags"]),
            NullText = mapping.NullText ?? ["null"],
            RejectionLabels = mapping.RejectionLabels ?? [.. headers.Where(IsOfRejections)],
            MultiAssigneeCredit = mapping.MultiAssigneeCredit ?? "First"
        };

        string? First(IEnumerable<string> names) =>
            names.Select(columns.Find).Where(i => i >= 0).Select(i => headers[i]).FirstOrDefault();
    }

    private static bool IsOfRejections(string header) =>
        Typed().Match(header) is { Success: true } match
        && (match.Groups["name"].ValueSpan.Contains("reject", StringComparison.OrdinalIgnoreCase)
            || match.Groups["name"].ValueSpan.Contains("defect", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^(?<name>.*)\((labels|drop down|short text|text)\)\s*$", RegexOptions.IgnoreCase
        | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Typed();
}
