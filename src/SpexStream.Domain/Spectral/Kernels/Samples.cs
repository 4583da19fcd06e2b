using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Unsigned bytes.</summary>
internal readonly unsafe struct UInt8Sample : ISample
{
    public static bool MayBeNotFinite => false;

    public static Vector512<float> Load(void* row, nint column)
    {
        var packed = Vector128.Load((byte*)row + column);
        if (Avx512F.IsSupported)
        {
            return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(packed));
        }

        var (low, high) = Vector256.Widen(Vector256.Create(Vector128.WidenLower(packed), Vector128.WidenUpper(packed)));
        return Vector512.ConvertToSingle(Vector512.Create(low, high).AsInt32());
    }

    public static ushort Key(void* row, nint column) => ((byte*)row)[column];

    public static float FromKey(ushort key) => key;
}

/// <summary>Unsigned 16-bit words.</summary>
internal readonly unsafe struct UInt16Sample : ISample
{
    public static bool MayBeNotFinite => false;

    public static Vector512<float> Load(void* row, nint column)
    {
        var packed = Vector256.Load((ushort*)row + column);
        var wide = Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32(packed)
            : Vector512.Create(Vector256.WidenLower(packed), Vector256.WidenUpper(packed)).AsInt32();
        return Vector512.ConvertToSingle(wide);
    }

    public static ushort Key(void* row, nint column) => ((ushort*)row)[column];

    public static float FromKey(ushort key) => key;
}

/// <summary>Signed 16-bit words.</summary>
internal readonly unsafe struct Int16Sample : ISample
{
    public static bool MayBeNotFinite => false;

    public static Vector512<float> Load(void* row, nint column)
    {
        var packed = Vector256.Load((short*)row + column);
        var wide = Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32(packed)
            : Vector512.Create(Vector256.WidenLower(packed), Vector256.WidenUpper(packed));
        return Vector512.ConvertToSingle(wide);
    }

    public static ushort Key(void* row, nint column) => (ushort)(((short*)row)[column] - short.MinValue);

    public static float FromKey(ushort key) => key + short.MinValue;
}

/// <summary>Single-precision floats.</summary>
internal readonly unsafe struct Float32Sample : ISample
{
    public static bool MayBeNotFinite => true;

    public static Vector512<float> Load(void* row, nint column) => Vector512.Load((float*)row + column);

    // IEEE 754 bits compare like integers once negative numbers are turned round; the upper 16 bits keep 7 bits of
    // the fraction, so a key is good to 0.8 % of the value.
    public static ushort Key(void* row, nint column)
    {
        var bits = ((uint*)row)[column];
        return (ushort)((bits ^ ((bits & 0x80000000) != 0 ? 0xFFFFFFFF : 0x80000000)) >> 16);
    }

    public static float FromKey(ushort key) => key >= 0x8000
        ? BitConverter.UInt32BitsToSingle((uint)(key ^ 0x8000) << 16)
        : BitConverter.UInt32BitsToSingle(~((uint)key << 16));
}
