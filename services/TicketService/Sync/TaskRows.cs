using System.Text;
using System.Text.Json;
using Performance.Tickets.Imports;

namespace Performance.Tickets.Sync;

/// <summary>A task understood, or refused with the reason; <c>Value</c> of a refused one is the task's id.</summary>
internal sealed record ReadTask(ImportRow? Row, RefusedRow? Refused);

/// <summary>
/// Turns tasks into rows of an import. Each becomes the row of an export and is read as that would be, with the mapping
/// that was confirmed for ClickUp's exports: a task says the same on either way (ADR 0100).
/// </summary>
/// <param name="remembered">Mappings of earlier imports.</param>
internal sealed class TaskRows(IReadOnlyList<ImportMapping> remembered)
{
    private readonly ImportMapping? confirmed =
        remembered.FirstOrDefault(m => m is { Source: ImportMapping.ClickUp, Profile: ImportMapping.ClickUp });

    /// <summary>How the statuses of the source are read, and under which name its tickets stand.</summary>
    public ImportMapping Mapping => confirmed
        ?? new ImportMapping { Profile = ImportMapping.ClickUp, Source = ImportMapping.ClickUp };

    /// <param name="tasks">The tasks, each with the hours it has had its status, where known.</param>
    /// <param name="firstLine">The number of the first one.</param>
    /// <param name="cancel">Cancels reading.</param>
    public async Task<IReadOnlyList<ReadTask>> ReadAsync(
        IReadOnlyList<(JsonElement Task, double? Hours)> tasks, int firstLine, CancellationToken cancel)
    {
        var read = new ReadTask[tasks.Count];
        var cells = new List<(int Place, IReadOnlyList<(string Header, string Text)> Cells)>();
        foreach (var (place, (task, hours)) in tasks.Index())
        {
            try
            {
                cells.Add((place, Named(TaskCells.Of(task, hours))));
            }
            catch (InvalidOperationException)
            {
                // Not an object where one belongs, or text that is no Unicode.
                read[place] = new ReadTask(
                    null, new RefusedRow(firstLine + place, "task", "is not what ClickUp's API describes", null));
            }
        }

        // Tasks of lists with the same fields are one table.
        foreach (var table in cells.GroupBy(c => string.Join('\n', c.Cells.Select(cell => cell.Header))))
        {
            await ReadAsync([.. table], read, firstLine, cancel);
        }

        return read;
    }

    private async Task ReadAsync(
        IReadOnlyList<(int Place, IReadOnlyList<(string Header, string Text)> Cells)> rows, ReadTask[] read,
        int firstLine, CancellationToken cancel)
    {
        var text = new StringBuilder();
        Write(text, rows[0].Cells.Select(cell => cell.Header));
        foreach (var row in rows)
        {
            Write(text, row.Cells.Select(cell => cell.Text));
        }

        using var table = await CsvTable.OpenAsync(new StringReader(text.ToString()), cancel);
        var reader = ImportFile.RowsOf(table, ImportFile.MappingFor(table.Headers, null, remembered));
        foreach (var (place, cells) in rows)
        {
            await table.ReadAsync(cancel);
            var (row, refused) = reader.Read();
            read[place] = new ReadTask(
                row is null ? null : row with { Line = firstLine + place },
                refused is null ? null : refused with
                {
                    Line = firstLine + place, Value = cells.First(c => c.Header == TaskCells.Id).Text
                });
        }
    }

    // A column that the mapping names is there, though this task's list has no such field.
    private IReadOnlyList<(string Header, string Text)> Named(IReadOnlyList<(string Header, string Text)> cells)
    {
        if (confirmed is null)
        {
            return cells;
        }

        var columns = new ColumnNames([.. cells.Select(cell => cell.Header)]);
        string?[] named =
        [
            confirmed.TicketId, confirmed.Status, confirmed.At, confirmed.Assignee, confirmed.CreatedAt,
            confirmed.Type, confirmed.State, confirmed.Title, confirmed.DoneAt, confirmed.ClosedAt, confirmed.Tags,
            confirmed.HoldHours, .. confirmed.RejectionLabels ?? []
        ];
        return
        [
            .. cells,
            .. named.OfType<string>().Where(name => columns.Find(name) < 0)
                .Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (name, ""))
        ];
    }

    private static void Write(StringBuilder text, IEnumerable<string> cells) => text
        .AppendJoin(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"")}\"")).Append('\n');
}
