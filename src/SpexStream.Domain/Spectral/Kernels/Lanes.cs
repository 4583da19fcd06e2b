using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Sixteen pixels at a time: the few steps that the portable vector API does not say in one word.</summary>
internal static unsafe class Lanes
{
    /// <summary>Pixels per step.</summary>
    public const int Count = 16;

    /// <summary>Stores the lowest byte of every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector512<int> value, byte* target)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector128Byte(value.AsUInt32()).Store(target);
            return;
        }

        var words = Vector512.Narrow(value.AsUInt32(), value.AsUInt32());
        Vector512.Narrow(words, words).GetLower().GetLower().Store(target);
    }

    /// <summary>Stores the lower word of every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector512<int> value, short* target)
    {
        var words = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256Int16(value)
            : Vector512.Narrow(value, value).GetLower();
        words.Store(target);
    }

    /// <summary>Stores numbers from 0 to 65535 as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUnsignedWords(Vector512<int> value, ushort* target)
    {
        var words = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256UInt16(value.AsUInt32())
            : Vector512.Narrow(value.AsUInt32(), value.AsUInt32()).GetLower();
        words.Store(target);
    }

    /// <summary>Sixteen bytes as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadBytes(byte* source)
    {
        var packed = Vector128.Load(source);
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector512Int32(packed);
        }

        var (low, high) = Vector256.Widen(Vector256.Create(Vector128.WidenLower(packed), Vector128.WidenUpper(packed)));
        return Vector512.Create(low, high).AsInt32();
    }

    /// <summary>(a - b) / (a + b); the caller sees to it that the sum is positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Ratio(Vector512<float> a, Vector512<float> b) => (a - b) / (a + b);

    /// <summary>min(1, |x - t| * scale): how far a quantity lies from its threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Margin(Vector512<float> x, float threshold, float scale) =>
        Vector512.MinNative(
            Vector512.Abs(x - Vector512.Create(threshold)) * Vector512.Create(scale), Vector512<float>.One);

    /// <summary>Rounds a number that is not negative to the nearest integer, halves up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Round(Vector512<float> value) =>
        Vector512.ConvertToInt32Native(value + Vector512.Create(0.5f));

    /// <summary>The bit where the mask is set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Bit(Vector512<float> mask, int bit) => mask.AsInt32() & Vector512.Create(bit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Above(Vector512<float> x, float threshold) =>
        Vector512.GreaterThan(x, Vector512.Create(threshold));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Below(Vector512<float> x, float threshold) =>
        Vector512.LessThan(x, Vector512.Create(threshold));
}
