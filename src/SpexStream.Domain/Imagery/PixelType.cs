namespace SpexStream.Domain.Imagery;

/// <summary>Sample type of a raster in memory. Every other type of a file is read as the next wider one.</summary>
public enum PixelType
{
    /// <summary>Unsigned, 8 bit.</summary>
    UInt8,

    /// <summary>Signed, 16 bit.</summary>
    Int16,

    /// <summary>Unsigned, 16 bit.</summary>
    UInt16,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,
}
