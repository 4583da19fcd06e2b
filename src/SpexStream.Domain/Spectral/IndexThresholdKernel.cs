using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral;

/// <summary>
/// (a - b) / (a + b) &gt; t on 16-bit samples, to a mask of 0 and 1, at the speed of memory: cross-multiplied in
/// integers
/// as a (2^14 - T) &gt; b (2^14 + T), T = round(2^14 t), so that nothing is divided and nothing becomes a float. A
/// pixel
/// of two zeros is 0. It asks for an offset of zero in both bands, which few products have, so the backend's own kernel
/// does not build on it; it stands for itself where raw samples may be compared.
/// </summary>
public static unsafe class IndexThresholdKernel
{
    private const int One = 1 << 14;

    /// <summary>Vector code; the same answer as <see cref="ApplyScalar"/>.</summary>
    /// <param name="a">First band.</param>
    /// <param name="b">Second band, as long as the first.</param>
    /// <param name="threshold">Threshold, -1..1; rounded to 1/16384.</param>
    /// <param name="mask">Receives 1 where the index is above the threshold, else 0; at least as long as the
    /// bands.</param>
    public static void Apply(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, double threshold, Span<byte> mask)
    {
        var (weightA, weightB) = Weights(a, b, threshold, mask);
        var (timesA, timesB) = (Vector512.Create(weightA), Vector512.Create(weightB));
        var step = Vector512<byte>.Count;
        var whole = a.Length - (a.Length % step);
        fixed (ushort* first = a, second = b)
        {
            fixed (byte* target = mask)
            {
                for (nint i = 0; i < whole; i += step)
                {
                    var low = Above(first + i, second + i, timesA, timesB);
                    var high = Above(first + i + (step / 2), second + i + (step / 2), timesA, timesB);
                    (Vector512.Narrow(low, high) & Vector512<byte>.One).Store(target + i);
                }
            }
        }

        ApplyScalar(a[whole..], b[whole..], threshold, mask[whole..]);
    }

    /// <summary>One pixel at a time.</summary>
    /// <inheritdoc cref="Apply"/>
    public static void ApplyScalar(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, double threshold, Span<byte> mask)
    {
        var (weightA, weightB) = Weights(a, b, threshold, mask);
        for (var i = 0; i < a.Length; i++)
        {
            mask[i] = a[i] * weightA > b[i] * weightB ? (byte)1 : (byte)0;
        }
    }

    private static (uint A, uint B) Weights(
        ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, double threshold, ReadOnlySpan<byte> mask)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(mask.Length, a.Length);
        if (!(Math.Abs(threshold) <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "An index lies within -1..1.");
        }

        var scaled = (int)Math.Round(threshold * One);
        return ((uint)(One - scaled), (uint)(One + scaled));
    }

    private static Vector512<ushort> Above(ushort* a, ushort* b, Vector512<uint> timesA, Vector512<uint> timesB)
    {
        var (lowA, highA) = Vector512.Widen(Vector512.Load(a));
        var (lowB, highB) = Vector512.Widen(Vector512.Load(b));
        return Vector512.Narrow(
            Vector512.GreaterThan(lowA * timesA, lowB * timesB), Vector512.GreaterThan(highA * timesA, highB * timesB));
    }
}
