namespace Performance.Tickets.Imports;

/// <summary>Understands the rows of a file; one for each profile.</summary>
internal interface IRowReader
{
    /// <summary>Reads the present row.</summary>
    /// <returns>The row, or why it is refused.</returns>
    (ImportRow? Row, RefusedRow? Refused) Read();
}
