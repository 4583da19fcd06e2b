using System.Globalization;

namespace SpexStream.Messaging.Wire.Json;

/// <summary>Times on the wire: RFC 3339 in UTC, nothing else.</summary>
public static class WireTime
{
    private const string SecondsForm = "yyyy-MM-dd'T'HH:mm:ss";
    private const int SecondsLength = 19;
    private const int TickDigits = 7;

    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = "a UTC time by RFC 3339, such as 2026-05-01T10:15:00Z";

    /// <summary>Writes a time with as many fraction digits as it has, at most seven, and "Z".</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a time: "T" and "Z" in upper case, one to nine fraction digits, offset "Z", "+00:00" or "-00:00". Digits
    /// finer than 100 ns are dropped. No leap seconds.
    /// </summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var body = Body(text);
        if (body is null || !DateTimeOffset.TryParseExact(
            body.AsSpan(0, SecondsLength),
            SecondsForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var seconds))
        {
            return false;
        }

        var fraction = body.AsSpan(SecondsLength);
        if (fraction.IsEmpty)
        {
            time = seconds;
            return true;
        }

        var digits = fraction[1..];
        if (fraction[0] != '.' || digits.Length is 0 or > 9 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var ticks = digits[..Math.Min(TickDigits, digits.Length)].ToString().PadRight(TickDigits, '0');
        time = seconds.AddTicks(long.Parse(ticks, CultureInfo.InvariantCulture));
        return true;
    }

    private static string? Body(string text)
    {
        var offset = text switch
        {
            [.., 'Z'] => 1,
            [.., '+' or '-', '0', '0', ':', '0', '0'] => 6,
            _ => 0,
        };
        return offset > 0 && text.Length - offset >= SecondsLength ? text[..^offset] : null;
    }
}
