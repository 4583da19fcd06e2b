namespace SpexStream.Domain.Imagery;

/// <summary>What follows from a <see cref="PixelType"/>.</summary>
public static class PixelTypes
{
    /// <summary>Bytes of one sample.</summary>
    public static int ByteSize(this PixelType type) => type switch
    {
        PixelType.UInt8 => 1,
        PixelType.Int16 or PixelType.UInt16 => 2,
        PixelType.Float32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The value at which a sensor of this type saturates; none for floating point.</summary>
    public static double? Saturation(this PixelType type) => type switch
    {
        PixelType.UInt8 => byte.MaxValue,
        PixelType.Int16 => short.MaxValue,
        PixelType.UInt16 => ushort.MaxValue,
        _ => null,
    };
}
