using System.Globalization;
using System.Text.Json;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Activity;

/// <summary>Reads the members of a JSON object one by one; every refusal names the member.</summary>
/// <param name="json">The object.</param>
/// <param name="prefix">Put before the names in refusals: <c>data.</c> or nothing.</param>
internal readonly struct JsonFields(JsonElement json, string prefix)
{
    private const int LongestText = 200;
    private const decimal LargestAmount = 1_000_000_000m;
    private const int MostDecimals = 4;

    /// <summary>A required line of text.</summary>
    public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "is missing");

    public string? OptionalText(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? Decoded(name, value) : throw Wrong(name, "is no text");
        return text.Length is 0 or > LongestText ? throw Wrong(name, $"has not 1 to {LongestText} characters")
            : text.Any(char.IsControl) ? throw Wrong(name, "has a control character")
            : text;
    }

    public Guid Id(string name) =>
        Guid.TryParseExact(Text(name), "D", out var id) && id != Guid.Empty ? id : throw Wrong(name, "is not a UUID");

    /// <summary>An instant as RFC 3339 has it: with its offset.</summary>
    public DateTimeOffset Instant(string name) =>
        Instants.Rfc3339(Text(name)) ?? throw Wrong(name, "is no instant with an offset, such as 2026-01-31T09:30:00Z");

    /// <summary>Seconds: a whole number from 0 to a week.</summary>
    public int Seconds(string name) => OptionalSeconds(name) ?? throw Wrong(name, "is missing");

    public int? OptionalSeconds(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds)
            && seconds is >= 0 and <= 604_800
            ? seconds
            : throw Wrong(name, "is not a whole number of seconds from 0 to 604800");
    }

    /// <summary>Money: a number, or a text of one, above 0 and with at most four decimals.</summary>
    public decimal Amount(string name)
    {
        if (!Has(name, out var value))
        {
            throw Wrong(name, "is missing");
        }

        decimal amount = 0;
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out amount),
            JsonValueKind.String => decimal.TryParse(
                Decoded(name, value), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount),
            _ => false
        };
        return isNumber && amount is > 0 and <= LargestAmount && decimal.Round(amount, MostDecimals) == amount
            ? amount / 1.0000m
            : throw Wrong(
                name, $"is not a decimal above 0, up to {LargestAmount:0}, with at most {MostDecimals} decimals");
    }

    public string Currency(string name) =>
        Text(name) is var code && Currencies.Contains(code) ? code : throw Wrong(name, "is no currency of ISO 4217");

    public InvalidFieldException Wrong(string name, string reason) => new(prefix + name, reason);

    private bool Has(string name, out JsonElement value)
    {
        try
        {
            return json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
        }
        catch (InvalidOperationException)
        {
            // Looking for one name decodes them all.
            throw Wrong(name, "cannot be found: a name beside it is not valid Unicode");
        }
    }

    private string Decoded(string name, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "is not valid Unicode");
        }
    }
}
