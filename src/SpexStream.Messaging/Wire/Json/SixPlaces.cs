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

    // Two digits at a time.
    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819"u8
        + "2021222324252627282930313233343536373839"u8
        + "4041424344454647484950515253545556575859"u8
        + "6061626364656667686970717273747576777879"u8
        + "8081828384858687888990919293949596979899"u8;

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
        at += whole < 10 ? 1 : whole < 100 ? 2 : whole < 1000 ? 3 : 4;
        for (var (place, left) = (at, whole); left > 0 || place == at; left /= 10)
        {
            target[--place] = (byte)('0' + (left % 10));
        }

        var fraction = rest - (whole * One);
        if (fraction == 0)
        {
            return at;
        }

        target[at++] = (byte)'.';
        var decimals = target.Slice(at, Places);
        Pairs.Slice((int)(fraction / 10_000) * 2, 2).CopyTo(decimals);
        Pairs.Slice((int)(fraction / 100 % 100) * 2, 2).CopyTo(decimals[2..]);
        Pairs.Slice((int)(fraction % 100) * 2, 2).CopyTo(decimals[4..]);
        at += Places;
        while (target[at - 1] == '0')
        {
            at--;
        }

        return at;
    }
}
