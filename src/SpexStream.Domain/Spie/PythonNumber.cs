using System.Globalization;

namespace SpexStream.Domain.Spie;

/// <summary>Numbers exactly as Python rounds and prints them, which is how the attributes of SPEX were made.</summary>
public static class PythonNumber
{
    /// <summary>
    /// <c>round(value, 3)</c>: the exact binary value is rounded half to even. Math.Round multiplies first, in floating
    /// point, and can be one digit off.
    /// </summary>
    /// <param name="value">0 to 1.</param>
    public static double RoundToThousandths(double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1.0);
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var shift = 1075 - exponent;
        if (exponent == 0 || shift > 63)
        {
            // Below 2^-11, less than half a thousandth.
            return 0;
        }

        // 53 bits times 1000 fit into 63.
        var product = ((bits & 0xFFFFFFFFFFFFFUL) | (1UL << 52)) * 1000;
        var whole = product >> shift;
        var rest = product & ((1UL << shift) - 1);
        var half = 1UL << (shift - 1);
        var up = rest > half || (rest == half && (whole & 1) != 0);
        return (whole + (up ? 1UL : 0UL)) / 1000.0;
    }

    /// <summary><c>repr(value)</c> of a rounded fraction: the shortest digits, and always a point (0.48, 1.0,
    /// 0.0).</summary>
    public static string Repr(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }
}
