using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpexStream.Domain.Spectral;

/// <summary>
/// (a - b) / (a + b) &gt; t on 16-bit samples, to a mask of 0 and 1, at the speed of memory: cross-multiplied in
/// integers
/// as a (2^13 - T) &gt; b (2^13 + T), T = round(2^13 t), so that nothing is divided and nothing becomes a float. A
/// pixel
/// of two zeros is 0. It asks for an offset of zero in both bands, which few products have, so the backend's own kernel
/// does not build on it; it stands for itself where raw samples may be compared.
/// </summary>
public static unsafe class IndexThresholdKernel
{
    private const int One = 1 << 13;

    /// <summary>Vector code; the same answer as <see cref="ApplyScalar"/>.</summary>
    /// <param name="a">First band.</param>
    /// <param name="b">Second band, as long as the first.</param>
    /// <param name="threshold">Threshold, -1..1; rounded to 1/8192.</param>
    /// <param name="mask">Receives 1 where the index is above the threshold, else 0; at least as long as the
    /// bands.</param>
    public static void Apply(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, double threshold, Span<byte> mask)
    {
        var (weightA, weightB) = Weights(a, b, threshold, mask);
        var step = Vector512<byte>.Count;
        var whole = a.Length - (a.Length % step);
        fixed (ushort* first = a, second = b)
        {
            fixed (byte* target = mask)
            {
                if (Avx512BW.IsSupported)
                {
                    ApplyAvx512(first, second, whole, (short)weightA, (short)weightB, target);
                }
                else
                {
                    ApplyPortable(first, second, whole, weightA, weightB, target);
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

    private static void ApplyPortable(ushort* a, ushort* b, int length, uint weightA, uint weightB, byte* mask)
    {
        var (timesA, timesB) = (Vector512.Create(weightA), Vector512.Create(weightB));
        for (nint i = 0; i < length; i += Vector512<byte>.Count)
        {
            var low = Above(a + i, b + i, timesA, timesB);
            var high = Above(a + i + Vector512<ushort>.Count, b + i + Vector512<ushort>.Count, timesA, timesB);
            (Vector512.Narrow(low, high) & Vector512<byte>.One).Store(mask + i);
        }
    }

    private static Vector512<ushort> Above(ushort* a, ushort* b, Vector512<uint> timesA, Vector512<uint> timesB)
    {
        var (lowA, highA) = Vector512.Widen(Vector512.Load(a));
        var (lowB, highB) = Vector512.Widen(Vector512.Load(b));
        return Vector512.Narrow(
            Vector512.GreaterThan(lowA * timesA, lowB * timesB), Vector512.GreaterThan(highA * timesA, highB * timesB));
    }

    // One multiply-add per pair does both products, on samples moved down by 2^15 so that they are signed; packing with
    // saturation keeps the sign and undoes the interleaving.
    private static void ApplyAvx512(ushort* a, ushort* b, int length, short weightA, short weightB, byte* mask)
    {
        var weights = Vector512.Create((ushort)weightA | (-weightB << 16)).AsInt16();
        var moved = Vector512.Create(32768 * (weightB - weightA));
        var order = Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7);
        for (nint i = 0; i < length; i += Vector512<byte>.Count)
        {
            var low = Signs(a + i, b + i, weights, moved);
            var high = Signs(a + i + Vector512<ushort>.Count, b + i + Vector512<ushort>.Count, weights, moved);
            var signs = Avx512F.PermuteVar8x64(Avx512BW.PackSignedSaturate(low, high).AsInt64(), order).AsSByte();
            var above = Vector512.GreaterThan(signs, Vector512<sbyte>.Zero).AsByte();
            (above & Vector512<byte>.One).Store(mask + i);
        }
    }

    private static Vector512<short> Signs(ushort* a, ushort* b, Vector512<short> weights, Vector512<int> moved)
    {
        var toSigned = Vector512.Create((ushort)0x8000);
        var first = (Vector512.Load(a) ^ toSigned).AsInt16();
        var second = (Vector512.Load(b) ^ toSigned).AsInt16();
        return Avx512BW.PackSignedSaturate(
            Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(first, second), weights) - moved,
            Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(first, second), weights) - moved);
    }
}
