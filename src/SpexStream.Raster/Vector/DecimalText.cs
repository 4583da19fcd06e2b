using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpexStream.Raster.Vector;

/// <summary>
/// Writes decimal fractions as the shortest text, from whole numbers of their last decimal: several times as fast as
/// general formatting of doubles, and there are millions of them.
/// </summary>
internal static class DecimalText
{
    /// <summary>Bytes that a text may need, and that have to be there.</summary>
    public const int Longest = 32;

    private const uint EightDigitsEnd = 100_000_000;
    private const double ExactEnd = 1e15;
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

    /// <summary>A number that was rounded to at most eight decimals, as JSON writes it.</summary>
    public static int Write(Span<byte> text, double number, int decimals)
    {
        var scaled = Math.Round(number * Powers[decimals]);
        // Below a ten-thousandth the shortest text has an exponent; beyond 15 digits it is not that of the decimals.
        if (!(Math.Abs(number) >= 1e-4 && Math.Abs(scaled) < ExactEnd))
        {
            _ = number.TryFormat(text, out var written, default, CultureInfo.InvariantCulture);
            return written;
        }

        return Write(text, (long)scaled, (uint)Powers[decimals], EightDigitsEnd / (uint)Powers[decimals]);
    }

    /// <summary>A whole number of units.</summary>
    /// <param name="text">At least <see cref="Longest"/> bytes.</param>
    /// <param name="scaled">The number, times <paramref name="unit"/>.</param>
    /// <param name="unit">A power of ten up to 10^8.</param>
    /// <param name="fill">10^8 over <paramref name="unit"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> text, long scaled, uint unit, uint fill)
    {
        if (text.Length < Longest)
        {
            ThrowShort();
        }

        var length = 0;
        if (scaled < 0)
        {
            text[length++] = (byte)'-';
        }

        var magnitude = (ulong)Math.Abs(scaled);
        var whole = magnitude / unit;
        length += Whole(text[length..], whole);
        var fraction = Digits((uint)(magnitude - (whole * unit)) * fill);
        if (fraction == 0)
        {
            return length;
        }

        text[length++] = (byte)'.';
        Unsafe.WriteUnaligned(ref text[length], fraction | 0x3030_3030_3030_3030);
        return length + sizeof(ulong) - (BitOperations.LeadingZeroCount(fraction) / 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Whole(Span<byte> text, ulong whole)
    {
        if (whole < 10)
        {
            text[0] = (byte)('0' + whole);
            return 1;
        }

        if (whole < 100)
        {
            var tens = (uint)whole / 10;
            text[0] = (byte)('0' + tens);
            text[1] = (byte)('0' + (uint)whole - (tens * 10));
            return 2;
        }

        _ = whole.TryFormat(text, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    // Eight digits at once, the first in the lowest byte: halves, then quarters, then single digits, each split by a
    // multiplication that stands for the division and is exact in its range.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digits(uint value)
    {
        var high = value / 10_000;
        var halves = high | ((ulong)(value - (high * 10_000)) << 32);
        var hundreds = ((halves * 10_486) >> 20) & 0x0000_007F_0000_007F;
        var quarters = hundreds | ((halves - (hundreds * 100)) << 16);
        var tens = ((quarters * 103) >> 10) & 0x000F_000F_000F_000F;
        return tens | ((quarters - (tens * 10)) << 8);
    }

    private static void ThrowShort() => throw new ArgumentException("There is no room for a number.", "text");
}
