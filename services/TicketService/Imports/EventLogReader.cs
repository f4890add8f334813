namespace Performance.Tickets.Imports;

/// <summary>Profile <c>event-log</c>: one row for each change of a ticket.</summary>
internal sealed class EventLogReader : IRowReader
{
    private readonly CsvTable table;
    private readonly RowCells cells;
    private readonly InstantReader instants;
    private readonly TicketColumns ticket;
    private readonly int at;
    private readonly int? createdAt;
    private readonly int? order;

    public EventLogReader(CsvTable table, ImportMapping mapping)
    {
        this.table = table;
        var columns = new ColumnNames(table.Headers);
        ticket = TicketColumns.Of(columns, mapping);
        at = columns.Required(mapping.At, "at");
        createdAt = columns.Of(mapping.CreatedAt, "createdAt");
        order = columns.Of(mapping.Order, "order");
        cells = new RowCells(table, mapping.NullText ?? []);
        instants = new InstantReader(mapping);
    }

    public (ImportRow? Row, RefusedRow? Refused) Read()
    {
        cells.Begin();
        var id = cells.Required(ticket.Id);
        var instant = cells.Instant(at, instants.Read);
        if (instant is null)
        {
            cells.Refuse(at, "is empty");
        }

        var row = new ImportRow(
            table.Line, id, instant, cells.Instant(createdAt, instants.Read), cells.Text(ticket.Status),
            cells.Text(ticket.Assignee), cells.Text(ticket.Type), cells.Text(ticket.State), cells.Title(ticket.Title),
            cells.Text(order));
        return cells.Refused is { } refused ? (null, refused) : (row, null);
    }
}
