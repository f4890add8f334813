namespace Performance.Portal.OldFiles;

/// <summary>Guesses what entries are, from the names of their columns, from where they lie, and from what their keys
/// look like. A guess is only where the person begins.</summary>
internal static class SectionGuess
{
    private const int Samples = 20;

    /// <summary>A mapping for each place.</summary>
    public static IReadOnlyList<OldMapping> Of(OldFile file)
    {
        var mappings = file.Collections.Select(c => new OldMapping(c)).ToList();
        foreach (var mapping in mappings)
        {
            mapping.Become(Best(mapping.Of));
        }

        // A day around rows of work is a day of the log, whatever else its columns look like.
        foreach (var inner in mappings.Where(m => m.Section == OldSection.Productivity))
        {
            if (mappings.Find(m => m.Of == inner.Of.Within) is { Section: not OldSection.Productivity } day
                && Columns(day.Of, OldSection.DayNotes).Keys.Count(f => f.Required) == 3)
            {
                day.Become(OldSection.DayNotes);
            }
        }

        // The name of the place is that of its inner entries too; who has all the fields is meant.
        foreach (var inner in mappings.Where(m => m.Section != OldSection.None && m.Missing.Count == 0))
        {
            if (mappings.Find(m => m.Of == inner.Of.Within) is { Missing.Count: > 0 } outer
                && outer.Section == inner.Section)
            {
                outer.Become(OldSection.None);
            }
        }

        return mappings;
    }

    public static IReadOnlyDictionary<OldField, string> Columns(OldCollection of, OldSection section)
    {
        var columns = new Dictionary<OldField, string>();
        foreach (var field in OldSections.Fields(section))
        {
            if (Named(of, field) is { } column && !IsTaken(columns, field, column))
            {
                columns[field] = column;
            }
        }

        // What no name tells, keys and bare values may: months look like months, people like people.
        foreach (var field in OldSections.Fields(section).Where(f => !columns.ContainsKey(f)))
        {
            var isNamed = field.Name is "agent" or "ticket";
            if ((field.Required || isNamed) && of.Columns.FirstOrDefault(c => !columns.ContainsValue(c)
                && (OldRow.IsKey(c) || (c == OldRow.Value && !isNamed)) && Fits(of, field, c)) is { } column)
            {
                columns[field] = column;
            }
        }

        return columns;
    }

    private static OldSection Best(OldCollection of) => OldSections.Each
        .Select(section => (Section: section, Score: Score(of, section)))
        .OrderByDescending(s => s.Score).First().Section;

    private static int Score(OldCollection of, OldSection section)
    {
        if (section == OldSection.None)
        {
            return 1;
        }

        var columns = Columns(of, section);
        var required = OldSections.Fields(section).Where(f => f.Required).ToList();
        var found = required.Count(columns.ContainsKey);
        var isHinted = OldSections.IsHinted(section, of.Path);
        if (found == 0 || (found < required.Count && !isHinted))
        {
            return 0;
        }

        // What stands in these entries themselves says more than what the entry around lends them.
        var own = columns.Count(c => of.Owns(c.Value) || OldRow.IsKey(c.Value));
        return (found * 10 / required.Count) + (own * 2) + (isHinted ? 12 : 0);
    }

    // The day of an entry may also be when it was recorded; else a column has one meaning.
    private static bool IsTaken(Dictionary<OldField, string> columns, OldField field, string column) =>
        field.Name != OldSections.At.Name && columns.ContainsValue(column);

    private static string? Named(OldCollection of, OldField field) =>
        field.Words.Select(word => of.Columns.FirstOrDefault(c => !OldRow.IsKey(c) && Plain(c) == word))
            .FirstOrDefault(c => c is not null && Fits(of, field, c));

    private static string Plain(string column) => OldSections.Plain(
        column.EndsWith(".text", StringComparison.Ordinal) ? column[..^".text".Length] : column);

    private static bool Fits(OldCollection of, OldField field, string column)
    {
        var sample = of.Sample(column, Samples);
        var fitting = sample.Count(text => Fits(field, text, OldRow.IsKey(column)));
        return sample.Count > 0 && fitting * 2 > sample.Count;
    }

    private static bool Fits(OldField field, string text, bool isKey) => field.Name switch
    {
        "date" or "at" => OldCell.Instant(text, Utc) is not null,
        "month" or "hireMonth" => OldCell.Month(text, i => i.UtcDateTime) is not null,
        "percent" => OldCell.Percent(text) is not null,
        "agent" => text.Any(char.IsLetter) && !(isKey && text.Any(char.IsDigit)),
        "ticket" => !isKey || (text.Any(char.IsDigit) && OldCell.Instant(text, Utc) is null),
        _ => true
    };

    private static DateTimeOffset Utc(DateTime local) => new(local, TimeSpan.Zero);
}
