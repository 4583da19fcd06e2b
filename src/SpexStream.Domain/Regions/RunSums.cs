using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Regions;

/// <summary>Sums over the pixels of one run.</summary>
internal static unsafe class RunSums
{
    /// <summary>Sum of signed 16-bit values; at most 65535 of them, so that 32 bits hold the sum.</summary>
    public static long Sum(short* values, int length)
    {
        var i = 0;
        long sum = 0;
        if (length >= Vector256<short>.Count)
        {
            var total = Vector256<int>.Zero;
            for (; i + Vector256<short>.Count <= length; i += Vector256<short>.Count)
            {
                var (lower, upper) = Vector256.Widen(Vector256.Load(values + i));
                total += lower + upper;
            }

            sum = Vector256.Sum(total);
        }

        for (; i < length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>Whether any byte has one of the bits.</summary>
    public static bool Any(byte* values, int length, byte bits)
    {
        var i = 0;
        for (; i + Vector256<byte>.Count <= length; i += Vector256<byte>.Count)
        {
            if ((Vector256.Load(values + i) & Vector256.Create(bits)) != Vector256<byte>.Zero)
            {
                return true;
            }
        }

        var seen = 0;
        for (; i < length; i++)
        {
            seen |= values[i];
        }

        return (seen & bits) != 0;
    }
}
