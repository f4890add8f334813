using Performance.Portal.Show;

namespace Performance.Portal.OldFiles;

/// <summary>Reads the fields of one entry by its mapping; what cannot be read is said.</summary>
internal sealed class OldReader(OldMapping mapping, OldRow row, BusinessTime time)
{
    public string Place => mapping.Of.Place;

    public string? Text(OldField field) => mapping.Text(row, field);

    public string Required(OldField field) => Text(field) ?? throw new NotReadException(field, "is empty");

    public DateOnly Day() => Read(OldSections.Date, text => OldCell.Day(text, time.Clock), "is no day");

    public string Month(OldField field)
    {
        var text = Required(field);
        return OldCell.Month(text, time.Clock) ?? throw NotRead(field, text, "is no month");
    }

    public decimal Percent() => Read(OldSections.Percent, OldCell.Percent, "is no number from 0 to 100");

    /// <param name="otherwise">The day at whose beginning it was, where the file does not say; so what was recorded
    /// here since then counts as newer. Null: it must be said.</param>
    public DateTimeOffset At(string? otherwise)
    {
        var text = Text(OldSections.At) ?? otherwise ?? throw new NotReadException(OldSections.At, "is empty");
        return OldCell.Instant(text, time.At) ?? throw NotRead(OldSections.At, text, "is no instant");
    }

    private T Read<T>(OldField field, Func<string, T?> read, string otherwise)
        where T : struct
    {
        var text = Required(field);
        return read(text) ?? throw NotRead(field, text, otherwise);
    }

    private static NotReadException NotRead(OldField field, string text, string reason) =>
        new(field, $"{reason}: “{OldCollection.Clip(text)}”");

    internal sealed class NotReadException(OldField of, string reason) : Exception(reason)
    {
        public OldField Of => of;
    }
}
