using System.Globalization;

namespace SpexStream.Daemon.Commands.Input;

/// <summary>Options whose value is a time or a length of time.</summary>
internal static class Times
{
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>An instant, with the offset from UTC.</summary>
    public static CheckedOption<DateTimeOffset?> Instant(string name, string meaning, string otherwise) => new(
        name, meaning, "RFC 3339 as in 2026-05-01T10:10:31Z or 2026-05-01T12:10:31+02:00", otherwise,
        (text, out value) =>
        {
            value = DateTimeOffset.TryParseExact(
                text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant
                : null;
            return value is not null;
        });

    /// <summary>A length of time in seconds, up to 30 days.</summary>
    public static CheckedOption<TimeSpan?> Seconds(string name, string meaning, string otherwise) => new(
        name, meaning, "0.001 to 2592000 seconds (30 days)", otherwise,
        (text, out value) =>
        {
            value = Numbers.TryRead(text, out var seconds) && seconds is >= 0.001 and <= 2_592_000
                ? TimeSpan.FromSeconds(seconds)
                : null;
            return value is not null;
        });
}
