using Performance.ServiceDefaults.Commands;

namespace Performance.Portal.OldFiles;

/// <summary>Gathers rows and notes of productivity logs into days.</summary>
internal sealed class OldWorkLog
{
    private readonly Dictionary<(Guid Agent, DateOnly Date), Day> _days = [];

    public IReadOnlyList<OldDocument.Day> Days =>
    [
        .. _days.OrderBy(d => d.Key.Date).ThenBy(d => d.Key.Agent).Select(d => new OldDocument.Day(
            d.Key.Agent, d.Key.Date, d.Value.Notes, d.Value.Entries, d.Value.At))
    ];

    public void Take(OldReader entry, OldSection section, Guid agent)
    {
        var date = entry.Day();
        var at = entry.At($"{date:O}");
        var isRow = section == OldSection.Productivity;
        var notes = isRow ? entry.Text(OldSections.DayNotes) : entry.Required(OldSections.Notes);
        var row = isRow
            ? new OldDocument.Entry(
                "", entry.Required(OldSections.Access), entry.Text(OldSections.Status), entry.Text(OldSections.Client),
                entry.Text(OldSections.Comments))
            : null;
        if (!_days.TryGetValue((agent, date), out var day))
        {
            _days[(agent, date)] = day = new Day();
        }

        day.At = at > day.At ? at : day.At;
        day.Notes ??= notes;
        if (row is not null)
        {
            day.Add(row);
        }
    }

    private sealed class Day
    {
        private readonly Dictionary<OldDocument.Entry, int> _times = [];

        public List<OldDocument.Entry> Entries { get; } = [];

        public string? Notes { get; set; }

        public DateTimeOffset At { get; set; }

        // The same row twice is work done twice.
        public void Add(OldDocument.Entry row)
        {
            var ordinal = _times[row] = _times.GetValueOrDefault(row) + 1;
            var id = DeterministicId.Of(
                "old-portal", row.AccessId, row.Status ?? "", row.Client ?? "", row.Comments ?? "", $"{ordinal}");
            Entries.Add(row with { Id = id.ToString("N") });
        }
    }
}
