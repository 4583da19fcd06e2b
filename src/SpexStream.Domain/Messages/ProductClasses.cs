using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Messages;

/// <summary>Names of the classes in topics.</summary>
public static class ProductClasses
{
    /// <summary>Lower-case name in topics, keys and events.</summary>
    public static string Slug(this ProductClass value) => value switch
    {
        ProductClass.Water => "water",
        ProductClass.Vegetation => "vegetation",
        ProductClass.Buildings => "buildings",
        ProductClass.LandCover => "landcover",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>Reads a name exactly as <see cref="Slug"/> writes it; null when unknown.</summary>
    public static ProductClass? FromSlug(string? text) => text switch
    {
        "water" => ProductClass.Water,
        "vegetation" => ProductClass.Vegetation,
        "buildings" => ProductClass.Buildings,
        "landcover" => ProductClass.LandCover,
        _ => null,
    };

    /// <summary>The topic's word for one land-cover class.</summary>
    public static ProductClass ToProduct(this LandCoverClass value) => value switch
    {
        LandCoverClass.Water => ProductClass.Water,
        LandCoverClass.Vegetation => ProductClass.Vegetation,
        LandCoverClass.Buildings => ProductClass.Buildings,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };
}
