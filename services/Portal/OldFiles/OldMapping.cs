namespace Performance.Portal.OldFiles;

/// <summary>What the entries of a place become, and which column fills which field. A person can change all of
/// it.</summary>
public sealed class OldMapping(OldCollection of)
{
    private readonly Dictionary<string, string> _columns = [];
    private readonly Dictionary<string, string> _fixed = [];

    public OldCollection Of => of;

    public OldSection Section { get; private set; }

    public IReadOnlyList<OldField> Fields => OldSections.Fields(Section);

    /// <summary>What nothing can be imported without, and is neither mapped nor given.</summary>
    public IReadOnlyList<OldField> Missing => [.. Fields.Where(f => IsNeeded(f) && !IsFilled(f))];

    public void Become(OldSection section)
    {
        Section = section;
        _columns.Clear();
        _fixed.Clear();
        foreach (var (field, column) in SectionGuess.Columns(of, section))
        {
            _columns[field.Name] = column;
        }

        foreach (var field in Fields.Where(f => f.Fixed is not null && !_columns.ContainsKey(f.Name)))
        {
            _fixed[field.Name] = field.Fixed!;
        }
    }

    public string? Column(OldField field) => _columns.GetValueOrDefault(field.Name);

    /// <summary>What stands for all entries; null: a column, or nothing.</summary>
    public string? Fixed(OldField field) => _fixed.GetValueOrDefault(field.Name);

    public void UseColumn(OldField field, string? column)
    {
        _fixed.Remove(field.Name);
        if (column is not null && of.Columns.Contains(column))
        {
            _columns[field.Name] = column;
        }
        else
        {
            _columns.Remove(field.Name);
        }
    }

    public void UseFixed(OldField field, string text)
    {
        _columns.Remove(field.Name);
        _fixed[field.Name] = text.Trim();
    }

    public string? Text(OldRow row, OldField field) =>
        _columns.TryGetValue(field.Name, out var column) ? row.Text(column)
        : _fixed.GetValueOrDefault(field.Name) is { Length: > 0 } text ? text : null;

    // Whom a session was about can be asked of its ticket.
    private bool IsNeeded(OldField field) => field.Required
        || (Section == OldSection.CoachingLogs && field.Name == OldSections.Agent.Name
            && !Fields.Any(f => f.Name == OldSections.Ticket.Name && IsFilled(f)));

    private bool IsFilled(OldField field) =>
        _columns.ContainsKey(field.Name) || _fixed.GetValueOrDefault(field.Name) is { Length: > 0 };
}
