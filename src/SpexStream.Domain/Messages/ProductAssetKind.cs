namespace SpexStream.Domain.Messages;

/// <summary>The files of a product.</summary>
public enum ProductAssetKind
{
    /// <summary>Mask of one class, COG uint8.</summary>
    Mask,

    /// <summary>Confidence 0..100 of one class, COG uint8, nodata 255.</summary>
    Confidence,

    /// <summary>Bits of the spectral tests, COG uint8.</summary>
    Diagnostics,

    /// <summary>Why there is no answer, COG uint8.</summary>
    Validity,

    /// <summary>All regions, FlatGeobuf.</summary>
    Vectors,

    /// <summary>All regions, GeoJSON.</summary>
    VectorsGeoJson,

    /// <summary>Picture for people, PNG.</summary>
    Browse,
}
