namespace SpexStream.Domain.Scenes;

/// <summary>The products of a scene that can be picked.</summary>
[Flags]
public enum ProductKinds
{
    /// <summary>Only item.json.</summary>
    None = 0,

    /// <summary>Class masks and the validity raster.</summary>
    Masks = 1,

    /// <summary>Confidence per class.</summary>
    Confidence = 2,

    /// <summary>Bits of the spectral tests.</summary>
    Diagnostics = 4,

    /// <summary>Regions as FlatGeobuf and GeoJSON.</summary>
    Regions = 8,

    /// <summary>A picture with the masks drawn over.</summary>
    Browse = 16,

    /// <summary>Everything.</summary>
    All = Masks | Confidence | Diagnostics | Regions | Browse,
}
