namespace SpexStream.Domain.Products;

/// <summary>What a product file holds.</summary>
public enum ProductFileKind
{
    /// <summary>Class mask.</summary>
    Mask,

    /// <summary>Reasons of "no answer".</summary>
    Validity,

    /// <summary>Confidence of a class.</summary>
    Confidence,

    /// <summary>Bits of the spectral tests.</summary>
    Diagnostics,

    /// <summary>Regions as FlatGeobuf.</summary>
    FlatGeobuf,

    /// <summary>Regions as GeoJSON.</summary>
    GeoJson,

    /// <summary>Picture.</summary>
    Browse,
}
