using System.Globalization;

namespace Performance.Testing.Running;

/// <summary>
/// What the scorecard must show for the ServiceNow log: computed naively from the file and the definitions of
/// scorecard.md, without any code of the product.
/// </summary>
public sealed record ServiceNowTruth(IReadOnlyList<ServiceNowTruth.Ticket> Tickets)
{
    private static readonly string[] SentBackFrom = ["Resolved", "Closed"];

    /// <summary>One incident at the end of the log.</summary>
    public sealed record Ticket(
        string Number, string? Assignee, string Status, DateTime Created, DateTime? Closed, DateTime? Moved,
        int SentBack, bool Hold);

    /// <summary>Counts of one row of the scorecard.</summary>
    public sealed record Row(
        int Allocated, int FirstPass, int FailedFirstPass, int OnHold, int Rejected, int RejectEvents, int ReRejected,
        double? AvgCycleDays, double? AvgOpenToMoveDays);

    /// <summary>Rows by assignee; Unassigned is the empty name.</summary>
    public IReadOnlyDictionary<string, Row> ByAssignee =>
        Tickets.GroupBy(t => t.Assignee ?? "").ToDictionary(g => g.Key, g => Count(g.ToList()));

    /// <summary>The whole file.</summary>
    public Row Total => Count(Tickets);

    public static ServiceNowTruth Read() => Of(TestData.ServiceNowRows());

    /// <summary>From rows of the log, header first, in the file's order.</summary>
    public static ServiceNowTruth Of(IEnumerable<string[]> rows)
    {
        using var all = rows.GetEnumerator();
        all.MoveNext();
        var header = all.Current;
        var (number, state, at) = (Column("number"), Column("incident_state"), Column("sys_updated_at"));
        var (opened, assigned) = (Column("opened_at"), Column("assigned_to"));
        var histories = new Dictionary<string, List<string[]>>();
        while (all.MoveNext())
        {
            var history = histories.TryGetValue(all.Current[number], out var known)
                ? known : histories[all.Current[number]] = [];
            history.Add(all.Current);
        }

        return new ServiceNowTruth(histories.Select(h => Fold(h.Key, h.Value)).ToList());

        int Column(string name) => Array.IndexOf(header, name);

        Ticket Fold(string key, List<string[]> history)
        {
            var ticket = new Ticket(
                key, null, history[0][state], Instant(history[0][opened]), null, null, 0, false);
            string? before = null;
            foreach (var row in history)
            {
                var (status, instant) = (row[state], Instant(row[at]));
                ticket = ticket with
                {
                    Assignee = row[assigned] == "?" ? ticket.Assignee : row[assigned],
                    Status = status,
                    Closed = status == "Closed" && before != "Closed" ? instant : ticket.Closed,
                    Moved = before is not null && status != before ? ticket.Moved ?? instant : ticket.Moved,
                    SentBack = ticket.SentBack
                        + (SentBackFrom.Contains(before) && !SentBackFrom.Contains(status) ? 1 : 0),
                    Hold = status.StartsWith("Awaiting", StringComparison.OrdinalIgnoreCase)
                };
                before = status;
            }

            return ticket;
        }
    }

    private static Row Count(IReadOnlyList<Ticket> tickets)
    {
        var terminal = tickets.Where(t => SentBackFrom.Contains(t.Status)).ToList();
        var closed = tickets.Where(t => t.Status == "Closed").ToList();
        var moved = tickets.Where(t => t.Moved is not null).ToList();
        return new Row(
            tickets.Count, terminal.Count(t => t.SentBack == 0), terminal.Count(t => t.SentBack > 0),
            tickets.Count(t => t.Hold), tickets.Count(t => t.SentBack > 0), tickets.Sum(t => t.SentBack),
            tickets.Count(t => t.SentBack > 1),
            closed.Count == 0 ? null : closed.Average(t => (t.Closed!.Value - t.Created).TotalDays),
            moved.Count == 0 ? null : moved.Average(t => (t.Moved!.Value - t.Created).TotalDays));
    }

    private static DateTime Instant(string text) =>
        DateTime.ParseExact(text, "d/M/yyyy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal
            | DateTimeStyles.AdjustToUniversal);
}
