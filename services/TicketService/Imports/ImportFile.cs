namespace Performance.Tickets.Imports;

/// <summary>
/// An uploaded file opened as rows: the text, its table, the mapping that fits it, the reader of its rows.
/// </summary>
internal sealed class ImportFile : IDisposable
{
    private ImportFile(ImportText text, CsvTable table, ImportMapping mapping)
    {
        Text = text;
        Table = table;
        Mapping = mapping;
    }

    public ImportText Text { get; }

    public CsvTable Table { get; }

    /// <summary>What was posted, or else remembered, completed from the headers.</summary>
    public ImportMapping Mapping { get; }

    /// <param name="open">Opens the upload.</param>
    /// <param name="given">The mapping posted, or null.</param>
    /// <param name="remembered">Mappings of earlier imports, the latest first.</param>
    /// <param name="limits">How large the file may be.</param>
    /// <param name="cancel">Cancels reading.</param>
    /// <exception cref="ImportFailedException">The file cannot be imported at all.</exception>
    public static async Task<ImportFile> OpenAsync(
        Func<Stream> open,
        ImportMapping? given,
        IReadOnlyList<ImportMapping> remembered,
        ImportLimits limits,
        CancellationToken cancel)
    {
        var text = await ImportText.OpenAsync(open, limits, cancel);
        try
        {
            var table = await CsvTable.OpenAsync(text.Reader, cancel);
            return new ImportFile(text, table, MappingFor(table.Headers, given, remembered));
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>Reads the rows as the mapping says.</summary>
    /// <exception cref="ImportFailedException">The mapping does not fit the columns.</exception>
    public IRowReader Rows() => RowsOf(Table, Mapping);

    /// <inheritdoc cref="Rows" />
    public static IRowReader RowsOf(CsvTable table, ImportMapping mapping) => mapping.Profile == ImportMapping.ClickUp
        ? new SnapshotReader(table, mapping)
        : new EventLogReader(table, mapping);

    public void Dispose()
    {
        Table.Dispose();
        Text.Dispose();
    }

    /// <summary>
    /// The mapping given; else one remembered that fits the headers; else what a ClickUp export suggests.
    /// </summary>
    public static ImportMapping MappingFor(
        IReadOnlyList<string> headers, ImportMapping? given, IReadOnlyList<ImportMapping> remembered)
    {
        // Of a ClickUp export's own source only what was confirmed for it is remembered, never another source's.
        var isClickUp = ClickUpColumns.Fit(headers);
        var mapping = given ?? remembered.FirstOrDefault(m => isClickUp
            ? m.Source == ImportMapping.ClickUp && Fits(m, headers)
            : m.Profile == ImportMapping.EventLog && Fits(m, headers));
        if (mapping is null && !isClickUp)
        {
            throw new ImportFailedException(
                "mapping", "is needed: the columns are not those of a ClickUp export, nor of a source known here");
        }

        return mapping is null or { Profile: ImportMapping.ClickUp }
            ? ClickUpColumns.Complete(mapping ?? new ImportMapping(), headers)
            : mapping;
    }

    private static bool Fits(ImportMapping mapping, IReadOnlyList<string> headers)
    {
        var columns = new ColumnNames(headers);
        string?[] named =
        [
            mapping.TicketId, mapping.Status, mapping.At, mapping.Assignee, mapping.CreatedAt, mapping.Type,
            mapping.State, mapping.Title, mapping.Order, mapping.DoneAt, mapping.ClosedAt, mapping.Tags,
            mapping.HoldHours, .. mapping.RejectionLabels ?? []
        ];
        return named.All(name => name is null || columns.Find(name) >= 0);
    }
}
