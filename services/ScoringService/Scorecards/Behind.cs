using Performance.Scoring.Settings;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>What a bar or a cell narrows beside the filters: the list behind it holds that part only.</summary>
/// <param name="Labels">Defect categories, any of them; null: all.</param>
/// <param name="CreatedIn">The month of creation, by its number. A filter would choose another policy.</param>
/// <param name="Touched">The day on which something happened to the ticket, in the business zone.</param>
internal sealed record Behind(IReadOnlyList<string>? Labels, int? CreatedIn, DateOnly? Touched)
{
    public static Behind From(IQueryCollection query, Measure measure)
    {
        IReadOnlyList<string>? labels = query["label"].Count == 0 ? null : Filters.Texts(query, "label");
        if (labels is not null && measure.Name is not (Measure.RejectEvents or Measure.RejectedTickets))
        {
            throw new InvalidFieldException(
                "label", $"goes with measure={Measure.RejectEvents} or {Measure.RejectedTickets} only");
        }

        var created = CreatedInOf(query, measure);
        return query["touched"] switch
        {
            { Count: 0 } => new Behind(labels, created, null),
            _ when measure.Name == Measure.CoachingSessions =>
                throw new InvalidFieldException("touched", "goes with lists of tickets only"),
            _ when query["asOf"].Count > 0 =>
                throw new InvalidFieldException("touched", "goes with lists of today only"),
            { Count: 1 } touched => new Behind(labels, created, Input.Date("touched", touched)),
            _ => throw new InvalidFieldException("touched", "is given more than once")
        };
    }

    /// <summary>Narrowed by the labels of the categories, as the settings group them.</summary>
    public Behind By(DefectCategories categories) =>
        Labels is null ? this : this with { Labels = categories.LabelsOf(Labels) };

    public void Narrow(TicketScope scope)
    {
        if (Labels is { } labels)
        {
            scope.Add($"e.cause = any({scope.Parameter(labels.ToArray())})");
        }

        if (CreatedIn is { } month)
        {
            scope.Add($"f.month = {scope.Parameter(month)}");
        }

        if (Touched is { } day)
        {
            scope.Add($"f.ticket_id in (select d.ticket_id from ticket_days d where d.day = {scope.Parameter(day)})");
        }
    }

    private static int? CreatedInOf(IQueryCollection query, Measure measure) => query["createdIn"] switch
    {
        { Count: 0 } => null,
        _ when measure.Name == Measure.CoachingSessions =>
            throw new InvalidFieldException("createdIn", "goes with lists of tickets only"),
        { Count: 1 } month => BusinessZone.MonthNumber(Input.Month("createdIn", month)),
        _ => throw new InvalidFieldException("createdIn", "is given more than once")
    };
}
