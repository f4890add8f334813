using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Performance.Tickets.Imports;

/// <summary>
/// Reads the instants of an event log. A local time that a daylight-saving change makes ambiguous is the earlier
/// instant; one that does not exist moves forward.
/// </summary>
internal sealed class InstantReader
{
    private static readonly string[] Iso =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF'Z'"
    ];

    private static readonly string[] IsoLocal =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    private static readonly ZoneLocalMappingResolver Lenient =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    private readonly string[] withOffset;
    private readonly string[] local;
    private readonly DateTimeZone zone;

    public InstantReader(ImportMapping mapping)
    {
        zone = DateTimeZoneProviders.Tzdb[mapping.TimeZone ?? "UTC"];
        if (mapping.DateFormat is { } format)
        {
            withOffset = SaysOffset(format) ? [format] : [];
            local = SaysOffset(format) ? [] : [format];
        }
        else
        {
            withOffset = Iso;
            local = mapping.TimeZone is null ? [] : IsoLocal;
        }
    }

    /// <summary>Null where the text is no instant, or not one of the years 1970 to 2100.</summary>
    public DateTimeOffset? Read(string text)
    {
        const DateTimeStyles style =
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (withOffset.Length > 0
            && DateTimeOffset.TryParseExact(text, withOffset, CultureInfo.InvariantCulture, style, out var instant))
        {
            return Sensible(instant);
        }

        return local.Length > 0 && DateTime.TryParseExact(
            text, local, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var wall)
            ? InZone(wall)
            : null;
    }

    /// <summary>The instant in UTC, or null outside the years 1970 to 2100.</summary>
    public static DateTimeOffset? Sensible(DateTimeOffset instant) =>
        instant.Year is >= 1970 and <= 2100 ? instant.ToUniversalTime() : null;

    private DateTimeOffset? InZone(DateTime wall)
    {
        if (wall.Year is < 1970 or > 2100)
        {
            return null;
        }

        return zone == DateTimeZone.Utc
            ? new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Utc))
            : zone.ResolveLocal(LocalDateTime.FromDateTime(wall), Lenient).ToInstant().ToDateTimeOffset();
    }

    // The standard formats of one letter that are in UTC or say an offset; else z or K outside quotes.
    private static bool SaysOffset(string format)
    {
        if (format.Length == 1)
        {
            return format is "o" or "O" or "r" or "R" or "u";
        }

        var quoted = false;
        foreach (var c in format)
        {
            quoted ^= c == '\'';
            if (!quoted && c is 'z' or 'K')
            {
                return true;
            }
        }

        return false;
    }
}
