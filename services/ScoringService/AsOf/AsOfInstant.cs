using System.Globalization;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.AsOf;

/// <summary>The query parameter <c>asOf</c>: an instant of recording, with its offset, not in the future.</summary>
internal static class AsOfInstant
{
    private const string Field = "asOf";

    // Without an offset it would be another instant for everybody who asks.
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"
    ];

    /// <summary>Null where nothing is asked for.</summary>
    public static DateTimeOffset? From(IQueryCollection query, DateTimeOffset now) =>
        query[Field] is { Count: > 0 } given ? Read(given.Count == 1 ? given[0] : null, now) : null;

    public static DateTimeOffset Required(IQueryCollection query, DateTimeOffset now) =>
        From(query, now) ?? throw new InvalidFieldException(Field, "is missing");

    private static DateTimeOffset Read(string? text, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(
                text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var asOf)
            || asOf.Year is < 1900 or >= 2200)
        {
            throw new InvalidFieldException(
                Field, "is not one instant with its offset, such as 2026-04-01T00:00:00-07:00");
        }

        return asOf <= now ? asOf : throw new InvalidFieldException(Field, "lies in the future");
    }
}
