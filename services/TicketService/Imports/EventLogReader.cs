namespace Performance.Tickets.Imports;

/// <summary>Profile <c>event-log</c>: one row for each change of a ticket.</summary>
internal sealed class EventLogReader : IRowReader
{
    private readonly CsvTable table;
    private readonly RowCells cells;
    private readonly InstantReader instants;
    private readonly int ticketId;
    private readonly int status;
    private readonly int at;
    private readonly int? assignee;
    private readonly int? createdAt;
    private readonly int? type;
    private readonly int? state;
    private readonly int? title;
    private readonly int? order;

    public EventLogReader(CsvTable table, ImportMapping mapping)
    {
        this.table = table;
        var columns = new ColumnNames(table.Headers);
        ticketId = columns.Required(mapping.TicketId, "ticketId");
        status = columns.Required(mapping.Status, "status");
        at = columns.Required(mapping.At, "at");
        assignee = columns.Of(mapping.Assignee, "assignee");
        createdAt = columns.Of(mapping.CreatedAt, "createdAt");
        type = columns.Of(mapping.Type, "type");
        state = columns.Of(mapping.State, "state");
        title = columns.Of(mapping.Title, "title");
        order = columns.Of(mapping.Order, "order");
        cells = new RowCells(table, mapping.NullText ?? []);
        instants = new InstantReader(mapping);
    }

    public (ImportRow? Row, RefusedRow? Refused) Read()
    {
        cells.Begin();
        var id = cells.Text(ticketId);
        if (id is null)
        {
            cells.Refuse(ticketId, "is empty");
        }

        var instant = cells.Instant(at, instants.Read);
        if (instant is null)
        {
            cells.Refuse(at, "is empty");
        }

        var row = new ImportRow(
            table.Line, id ?? "", instant, cells.Instant(createdAt, instants.Read), cells.Text(status),
            cells.Text(assignee), cells.Text(type), cells.Text(state), cells.Title(title), cells.Text(order));
        return cells.Refused is { } refused ? (null, refused) : (row, null);
    }
}
