using System.Globalization;

namespace SpexStream.Messaging.Wire.Json;

/// <summary>
/// Writes degrees as JSON has them: what has at most six decimal places digit by digit, for most of a message are
/// positions, and to find the shortest form of any number takes several times as long.
/// </summary>
internal static class SixPlaces
{
    /// <summary>Bytes that a number takes at most.</summary>
    public const int MostBytes = 32;

    private const int Places = 6;
    private const int One = 1_000_000;
    private const double Most = 1000;
    // Of smaller ones the shortest form has an exponent.
    private const int Least = One / 1000;

    /// <summary>Writes a number that was rounded to six places.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteRounded(double value, Span<byte> target)
    {
        if (Math.Abs(value) < Most)
        {
            // A decimal of so few digits is the shortest form of the number nearest to it.
            var millionths = (int)Math.Round(value * One);
            if (Math.Abs(millionths) >= Least)
            {
                return WriteMillionths(millionths, target);
            }
        }

        return Write(value, target);
    }

    /// <summary>Writes any number; what is not finite as null.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> target)
    {
        if (double.IsFinite(value))
        {
            // Adding zero turns -0 into 0.
            (value + 0.0).TryFormat(target, out var written, default, CultureInfo.InvariantCulture);
            return written;
        }

        "null"u8.CopyTo(target);
        return 4;
    }

    /// <summary>Writes millionths as a decimal without needless zeros.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteMillionths(int value, Span<byte> target)
    {
        var (at, rest) = (0, (uint)Math.Abs((long)value));
        if (value < 0)
        {
            target[at++] = (byte)'-';
        }

        var whole = rest / One;
        var fraction = rest - (whole * One);
        at += whole >= 1000 ? 4 : whole >= 100 ? 3 : whole >= 10 ? 2 : 1;
        for (var (place, left) = (at, whole); left > 0 || place == at; left /= 10)
        {
            target[--place] = (byte)('0' + (left % 10));
        }

        if (fraction == 0)
        {
            return at;
        }

        target[at] = (byte)'.';
        var last = 0;
        for (var place = at + Places; place > at; place--)
        {
            var shorter = fraction / 10;
            var digit = fraction - (shorter * 10);
            last = last == 0 && digit != 0 ? place : last;
            target[place] = (byte)('0' + digit);
            fraction = shorter;
        }

        return last + 1;
    }
}
