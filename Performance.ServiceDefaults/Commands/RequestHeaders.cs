using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Performance.ServiceDefaults.Problems;

namespace Performance.ServiceDefaults.Commands;

/// <summary>The headers that every command accepts.</summary>
public static class RequestHeaders
{
    private const int LongestKey = 200;

    /// <summary>The version in If-Match, or null where there is none or it is <c>*</c>.</summary>
    /// <exception cref="InvalidFieldException">It is not a quoted version number.</exception>
    public static long? IfMatch(HttpRequest request)
    {
        var value = request.Headers[HeaderNames.IfMatch].ToString().Trim();
        if (value is "" or "*")
        {
            return null;
        }

        var digits = value.StartsWith("W/", StringComparison.Ordinal) ? value[2..].Trim('"') : value.Trim('"');
        return long.TryParse(digits, out var version) && version >= 0
            ? version
            : throw new InvalidFieldException("If-Match", "must be an ETag that this API gave, such as \"3\"");
    }

    /// <summary>The Idempotency-Key, or null.</summary>
    /// <exception cref="InvalidFieldException">It is too long or not printable ASCII.</exception>
    public static string? IdempotencyKey(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
        {
            return null;
        }

        return key.Length <= LongestKey && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new InvalidFieldException("Idempotency-Key", $"must be 1 to {LongestKey} printable characters");
    }

    /// <summary>The ETag of a version.</summary>
    public static string ETag(long version) => $"\"{version}\"";
}
