namespace Performance.Tickets.Imports;

/// <summary>Where a file has what every profile reads of a ticket.</summary>
internal sealed record TicketColumns(int Id, int Status, int? Assignee, int? Type, int? State, int? Title)
{
    /// <exception cref="ImportFailedException">The file has no column that the mapping names.</exception>
    public static TicketColumns Of(ColumnNames columns, ImportMapping mapping) => new(
        columns.Required(mapping.TicketId, "ticketId"), columns.Required(mapping.Status, "status"),
        columns.Of(mapping.Assignee, "assignee"), columns.Of(mapping.Type, "type"),
        columns.Of(mapping.State, "state"), columns.Of(mapping.Title, "title"));
}
