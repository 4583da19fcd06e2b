using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Explanation;

/// <summary>Names of the indices as formulas write them.</summary>
internal static class IndexNames
{
    /// <summary>"NDWI" for <see cref="IndexKind.Ndwi"/> and so on.</summary>
    public static string Of(IndexKind kind) => kind.ToString().ToUpperInvariant();

    /// <summary>Reads a name in any case; null when it is no index.</summary>
    public static IndexKind? Find(string name) => name.ToUpperInvariant() switch
    {
        "NDWI" => IndexKind.Ndwi,
        "NDVI" => IndexKind.Ndvi,
        "MNDWI" => IndexKind.Mndwi,
        "NDBI" => IndexKind.Ndbi,
        _ => null,
    };
}
