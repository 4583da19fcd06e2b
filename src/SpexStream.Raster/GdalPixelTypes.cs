using SpexStream.Domain.Imagery;

namespace SpexStream.Raster;

/// <summary>GDALDataType numbers (gdal.h) and ours.</summary>
internal static class GdalPixelTypes
{
    public const int Byte = 1;
    private const int UInt16 = 2;
    private const int Int16 = 3;
    private const int UInt32 = 4;
    private const int Int32 = 5;
    private const int Float32 = 6;
    private const int Float64 = 7;
    private const int UInt64 = 12;
    private const int Int64 = 13;
    private const int Int8 = 14;

    /// <summary>The type that samples are read as; null for complex numbers, which no rule understands.</summary>
    public static PixelType? FromGdal(int type) => type switch
    {
        Byte => PixelType.UInt8,
        UInt16 => PixelType.UInt16,
        Int16 or Int8 => PixelType.Int16,
        UInt32 or Int32 or Float32 or Float64 or UInt64 or Int64 => PixelType.Float32,
        _ => null,
    };

    public static int ToGdal(PixelType type) => type switch
    {
        PixelType.UInt8 => Byte,
        PixelType.UInt16 => UInt16,
        PixelType.Int16 => Int16,
        PixelType.Float32 => Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
