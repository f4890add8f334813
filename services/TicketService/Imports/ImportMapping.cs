namespace Performance.Tickets.Imports;

/// <summary>
/// How a file's columns are to be read: posted as <c>mapping</c>, suggested from the headers, or remembered with the
/// source. Column names are compared trimmed and without case.
/// </summary>
internal sealed record ImportMapping
{
    public const string EventLog = "event-log";
    public const string ClickUp = "clickup";

    public string? Profile { get; init; }

    public string? Source { get; init; }

    public string? TicketId { get; init; }

    public string? Status { get; init; }

    /// <summary>The instant of a row: of an event log its event, of a snapshot the ticket's last update.</summary>
    public string? At { get; init; }

    public string? Assignee { get; init; }

    public string? CreatedAt { get; init; }

    public string? Type { get; init; }

    public string? State { get; init; }

    public string? Title { get; init; }

    /// <summary>A .NET date format; without one ISO 8601 with offset.</summary>
    public string? DateFormat { get; init; }

    /// <summary>IANA zone of dates without an offset; UTC where none is named.</summary>
    public string? TimeZone { get; init; }

    public IReadOnlyList<string>? NullText { get; init; }

    public IReadOnlyList<string>? Terminal { get; init; }

    public IReadOnlyList<string>? Closed { get; init; }

    public IReadOnlyList<string>? Hold { get; init; }

    public SentBackRule? SentBack { get; init; }

    /// <summary><c>at</c>: an event log's rows are sorted by instant first.</summary>
    public string? Sort { get; init; }

    /// <summary>The column that orders rows of one instant, with <see cref="Sort"/>.</summary>
    public string? Order { get; init; }

    /// <summary>Snapshot: when the ticket was done.</summary>
    public string? DoneAt { get; init; }

    /// <summary>Snapshot: when the ticket was closed.</summary>
    public string? ClosedAt { get; init; }

    /// <summary>Snapshot: columns whose cells hold rejection labels.</summary>
    public IReadOnlyList<string>? RejectionLabels { get; init; }

    /// <summary>Snapshot: the column of tags, of which those that begin with <c>rej</c> are rejection labels.</summary>
    public string? Tags { get; init; }

    /// <summary>Snapshot: for how long the ticket has had its status.</summary>
    public string? HoldHours { get; init; }

    /// <summary>Snapshot: <c>First</c>: the first of several assignees owns the ticket.</summary>
    public string? MultiAssigneeCredit { get; init; }

    /// <summary>How the statuses of the source are to be read.</summary>
    public StatusClasses Classes() => StatusClasses.From(Terminal ?? [], Closed ?? [], Hold ?? []);
}

/// <summary>Which change of status is a rejection.</summary>
internal sealed record SentBackRule
{
    public IReadOnlyList<string>? From { get; init; }

    /// <summary>The rejection's label; <c>{from}</c> and <c>{to}</c> stand for the statuses.</summary>
    public string? Label { get; init; }
}
