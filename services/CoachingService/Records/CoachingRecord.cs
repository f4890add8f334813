using Performance.Coaching.Sessions;

namespace Performance.Coaching.Records;

/// <summary>A paragraph of a record on paper.</summary>
/// <param name="Style">How it looks.</param>
/// <param name="Text">What it says; line breaks in it are kept.</param>
internal sealed record RecordParagraph(RecordStyle Style, string Text)
{
    /// <summary>Stands at the left, the text beside it.</summary>
    public string? Label { get; init; }

    /// <summary>Empty space above, in points; none at the top of a page.</summary>
    public double Before { get; init; }

    /// <summary>Never the last thing on a page.</summary>
    public bool KeepsWithNext { get; init; }

    /// <summary>A hairline above, but not at the top of a page.</summary>
    public bool Ruled { get; init; }
}

/// <summary>How a paragraph looks.</summary>
internal enum RecordStyle
{
    Title,
    Heading,
    Label,
    Body,
    Small,

    /// <summary>A line to sign on, with whose it is below, and one for the date.</summary>
    Signature
}

/// <summary>What a printed coaching record says, before it is laid out.</summary>
/// <param name="Title">For the head of the first page and the foot of each.</param>
/// <param name="Facts">Whose, which period, printed when and by whom.</param>
/// <param name="Sessions">Oldest first, each with the coached agent's name.</param>
/// <param name="Signers">Who signs.</param>
internal sealed record CoachingRecord(
    string Title, IReadOnlyList<(string Label, string Text)> Facts,
    IReadOnlyList<(CoachingSession Session, string Agent)> Sessions, IReadOnlyList<string> Signers)
{
    public IReadOnlyList<RecordParagraph> Paragraphs(BusinessDay days, DateOnly today) =>
    [
        new(RecordStyle.Title, Title) { KeepsWithNext = true },
        .. Facts.Select((fact, i) => new RecordParagraph(RecordStyle.Body, fact.Text)
        {
            Label = fact.Label, Before = i == 0 ? 10 : 0, KeepsWithNext = true
        }),
        .. Sessions.Count == 0
            ? [new RecordParagraph(RecordStyle.Body, "No session was logged.") { Before = 22, Ruled = true }]
            : Sessions.SelectMany(s => Paragraphs(s.Session, s.Agent, days, today)),
        new(RecordStyle.Heading, "Signatures") { Before = 30, Ruled = true, KeepsWithNext = true },
        .. Signers.Select((name, i) => new RecordParagraph(RecordStyle.Signature, name)
        {
            KeepsWithNext = i < Signers.Count - 1
        })
    ];

    private static IEnumerable<RecordParagraph> Paragraphs(
        CoachingSession session, string agent, BusinessDay days, DateOnly today)
    {
        yield return new(RecordStyle.Heading, BusinessDay.Long(session.Date))
        {
            Before = 22, Ruled = true, KeepsWithNext = true
        };
        var ticket = session.TicketId is { } id ? $" · about ticket {session.TicketName ?? id.ToString()}" : "";
        yield return new(RecordStyle.Small, $"{agent} with {session.By}{ticket}") { KeepsWithNext = true };
        yield return new(RecordStyle.Body, session.Notes.Length == 0 ? "(The notes were erased.)" : session.Notes)
        {
            Before = 4
        };
        if (session.ActionItem is { } item)
        {
            var due = item.DueDate is { } date ? $", due {BusinessDay.Short(date)}" : "";
            var owner = item.Owner == ActionOwner.Agent ? "agent" : "supervisor";
            yield return new(RecordStyle.Body, item.Text.Length == 0 ? "(The text was erased.)" : item.Text)
            {
                Label = "Action item", Before = 6, KeepsWithNext = true
            };
            yield return new(RecordStyle.Body, $"{State(session, item, days, today)} ({owner}{due})")
            {
                Label = "State", KeepsWithNext = true
            };
        }

        yield return new(RecordStyle.Body, session.AcknowledgedAt is { } at ? days.Moment(at) : "Not yet")
        {
            Label = "Acknowledged", Before = session.ActionItem is null ? 6 : 0
        };
    }

    private static string State(CoachingSession session, ActionItem item, BusinessDay days, DateOnly today) =>
        session.ActionDoneAt is { } done ? $"Done {days.Moment(done)}"
        : item.DueDate < today ? "Open, overdue"
        : "Open";
}
