using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Performance.ServiceDefaults.Problems;

/// <summary>Reads what clients send in bodies, routes and queries, or says which field is wrong and why.</summary>
public static class Input
{
    /// <summary>Pages longer than this are refused.</summary>
    public const int LongestPage = 500;

    /// <summary>A required id.</summary>
    public static Guid Id(string field, [NotNull] string? value) =>
        value is null ? throw Missing(field)
        : Guid.TryParseExact(value, "D", out var id) && id != Guid.Empty ? id
        : throw new InvalidFieldException(field, "is not a UUID");

    /// <summary>An id, or null where nothing is given.</summary>
    public static Guid? OptionalId(string field, string? value) =>
        string.IsNullOrEmpty(value) ? null : Id(field, value);

    /// <summary>A month, <c>yyyy-MM</c>, as its first day.</summary>
    public static DateOnly Month(string field, [NotNull] string? value) =>
        value is null ? throw Missing(field)
        : DateOnly.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            && Sensible(month)
            ? month
            : throw new InvalidFieldException(field, "is not a month as yyyy-MM between 1900 and 2199");

    /// <summary>A date, <c>yyyy-MM-dd</c>.</summary>
    public static DateOnly Date(string field, [NotNull] string? value) =>
        value is null ? throw Missing(field)
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && Sensible(date)
            ? date
            : throw new InvalidFieldException(field, "is not a date as yyyy-MM-dd between 1900 and 2199");

    /// <summary>A required line of text, trimmed.</summary>
    public static string Line(string field, [NotNull] string? value, int longest)
    {
        var text = value?.Trim() ?? throw Missing(field);
        return text.Length == 0 ? throw new InvalidFieldException(field, "is empty")
            : text.Any(char.IsControl) ? throw new InvalidFieldException(field, "has a line break or control character")
            : Short(field, text, longest);
    }

    /// <summary>A line of text, or null where nothing or only space is given.</summary>
    public static string? OptionalLine(string field, string? value, int longest) =>
        string.IsNullOrWhiteSpace(value) ? null : Line(field, value, longest);

    /// <summary>Required free text, trimmed, which may have line breaks and tabs.</summary>
    public static string Prose(string field, [NotNull] string? value, int longest)
    {
        var text = value?.Trim() ?? throw Missing(field);
        return text.Length == 0 ? throw new InvalidFieldException(field, "is empty")
            : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
                ? throw new InvalidFieldException(field, "has a control character")
            : Short(field, text, longest);
    }

    /// <summary>An id that people choose: lower-case letters, digits and dashes, 1 to 64 of them.</summary>
    public static string Slug(string field, [NotNull] string? value) =>
        value is null ? throw Missing(field)
        : value.Length is >= 1 and <= 64 && value[0] != '-' && value.All(c => c is (>= 'a' and <= 'z')
            or (>= '0' and <= '9') or '-')
            ? value
            : throw new InvalidFieldException(field, "is not 1 to 64 lower-case letters, digits and dashes");

    /// <summary><c>true</c> or <c>false</c>; false where nothing is given.</summary>
    public static bool Flag(string field, string? value) =>
        string.IsNullOrEmpty(value) ? false
        : bool.TryParse(value, out var flag) ? flag
        : throw new InvalidFieldException(field, "is neither true nor false");

    /// <summary>The query parameters <c>page</c> (from 1) and <c>pageSize</c>, as what to skip and to take.</summary>
    public static (int Skip, int Take) Page(string? page, string? pageSize, int usual = 50)
    {
        var number = Whole("page", page, 1, 1_000_000);
        var size = Whole("pageSize", pageSize, usual, LongestPage);
        return ((number - 1) * size, size);
    }

    private static int Whole(string field, string? value, int usual, int largest) =>
        string.IsNullOrEmpty(value) ? usual
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= largest
            ? number
            : throw new InvalidFieldException(field, $"is not a whole number from 1 to {largest}");

    private static string Short(string field, string text, int longest) =>
        text.Length > longest ? throw new InvalidFieldException(field, $"has more than {longest} characters")
        : HasLoneSurrogate(text) ? throw new InvalidFieldException(field, "is not valid Unicode")
        : text;

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Sensible(DateOnly date) => date.Year is >= 1900 and < 2200;

    private static InvalidFieldException Missing(string field) => new(field, "is missing");
}
