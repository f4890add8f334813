namespace Performance.Tickets.Imports;

/// <summary>Profile <c>clickup</c>: one row for each ticket, as it is now.</summary>
internal sealed class SnapshotReader : IRowReader
{
    private readonly CsvTable table;
    private readonly RowCells cells;
    private readonly InstantReader? instants;
    private readonly TicketColumns ticket;
    private readonly int? tags;
    private readonly int? holdHours;
    private readonly (int? Column, int? Text) at;
    private readonly (int? Column, int? Text) createdAt;
    private readonly (int? Column, int? Text) doneAt;
    private readonly (int? Column, int? Text) closedAt;
    private readonly int[] labels;

    /// <param name="table">The file, at its header.</param>
    /// <param name="mapping">Already completed from the headers.</param>
    public SnapshotReader(CsvTable table, ImportMapping mapping)
    {
        this.table = table;
        var columns = new ColumnNames(table.Headers);
        ticket = TicketColumns.Of(columns, mapping);
        tags = columns.Of(mapping.Tags, "tags");
        holdHours = columns.Of(mapping.HoldHours, "holdHours");
        at = WithText(columns, mapping.At, "at");
        createdAt = WithText(columns, mapping.CreatedAt, "createdAt");
        doneAt = WithText(columns, mapping.DoneAt, "doneAt");
        closedAt = WithText(columns, mapping.ClosedAt, "closedAt");
        labels = [.. (mapping.RejectionLabels ?? []).Select(name => columns.Required(name, "rejectionLabels"))];
        cells = new RowCells(table, mapping.NullText ?? []);
        instants = mapping.DateFormat is null ? null : new InstantReader(mapping);
    }

    public (ImportRow? Row, RefusedRow? Refused) Read()
    {
        cells.Begin();
        var id = cells.Required(ticket.Id);
        var status = cells.Required(ticket.Status);
        var row = new ImportRow(
            table.Line, id, Instant(at), Instant(createdAt), status, Owner(), cells.Text(ticket.Type),
            cells.Text(ticket.State), cells.Title(ticket.Title), null, Instant(doneAt), Instant(closedAt),
            cells.Raw(holdHours) is { } time ? ClickUpCells.Hours(time) : null, Labels());
        return cells.Refused is { } refused ? (null, refused) : (row, null);
    }

    // Several assignees: the first is the owner.
    private string? Owner()
    {
        var owner = ClickUpCells.List(cells.Raw(ticket.Assignee)).FirstOrDefault(name => name != "null");
        if (owner?.Length > RowCells.LongestText)
        {
            cells.Refuse(ticket.Assignee!.Value, $"is longer than {RowCells.LongestText} characters");
        }

        return owner;
    }

    private string[] Labels()
    {
        var found = labels
            .SelectMany(column => ClickUpCells.Labels(table.Headers[column], cells.Raw(column)))
            .Concat(ClickUpCells.RejectionTags(cells.Raw(tags)))
            .Where(label => label != "null").ToArray();
        if (found.Any(label => label.Length > RowCells.LongestText))
        {
            cells.Refuse(labels.FirstOrDefault(), $"a label is longer than {RowCells.LongestText} characters");
        }

        return found;
    }

    private DateTimeOffset? Instant((int? Column, int? Text) columns)
    {
        var cell = cells.Raw(columns.Column);
        var useText = columns.Text is not null && cells.Raw(columns.Text) is not null
            && (cell is null || ClickUpDates.IsRoundedEpoch(cell));
        return cells.Instant(
            useText ? columns.Text : columns.Column, text => instants?.Read(text) ?? ClickUpDates.Read(text));
    }

    // "Date Created" in milliseconds has a twin "Date Created Text", which counts where the number has been rounded.
    private static (int?, int?) WithText(ColumnNames columns, string? name, string field)
    {
        var column = columns.Of(name, field);
        var text = name is null ? -1 : columns.Find(name + " Text");
        return (column, text >= 0 ? text : null);
    }
}
