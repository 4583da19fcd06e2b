using System.Collections.Immutable;

namespace SpexStream.Domain.LandCover;

/// <summary>Names and order of the classes.</summary>
public static class LandCoverClasses
{
    /// <summary>Every class, in product order.</summary>
    public static ImmutableArray<LandCoverClass> All { get; } =
        [LandCoverClass.Water, LandCoverClass.Vegetation, LandCoverClass.Buildings];

    /// <summary>Lower-case name in files, topics and events.</summary>
    public static string Slug(this LandCoverClass value) => value switch
    {
        LandCoverClass.Water => "water",
        LandCoverClass.Vegetation => "vegetation",
        LandCoverClass.Buildings => "buildings",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>Reads a name as <see cref="Slug"/> writes it; null when unknown.</summary>
    public static LandCoverClass? FromSlug(string text) => text.Trim().ToLowerInvariant() switch
    {
        "water" => LandCoverClass.Water,
        "vegetation" => LandCoverClass.Vegetation,
        "buildings" => LandCoverClass.Buildings,
        _ => null,
    };
}
