using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>What a bar or a cell narrows beside the filters: the list behind it holds that part only.</summary>
/// <param name="Labels">Defect categories, any of them; empty: all.</param>
internal sealed record Behind(IReadOnlyList<string> Labels)
{
    public static Behind From(IQueryCollection query, Measure measure)
    {
        var labels = Filters.Texts(query, "label");
        return labels.Count > 0 && measure.Name != Measure.RejectEvents
            ? throw new InvalidFieldException("label", $"goes with measure={Measure.RejectEvents} only")
            : new Behind(labels);
    }

    public void Narrow(TicketScope scope)
    {
        if (Labels.Count > 0)
        {
            scope.Add($"e.cause = any({scope.Parameter(Labels.ToArray())})");
        }
    }
}
