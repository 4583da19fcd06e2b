namespace SpexStream.Domain.LandCover;

/// <summary>The spectral indices that are kept per pixel and averaged per region.</summary>
public enum IndexKind
{
    /// <summary>(G - N) / (G + N), McFeeters 1996.</summary>
    Ndwi,

    /// <summary>(N - R) / (N + R), Tucker 1979.</summary>
    Ndvi,

    /// <summary>(G - S1) / (G + S1), Xu 2006; only with swir16.</summary>
    Mndwi,

    /// <summary>(S1 - N) / (S1 + N), Zha 2003; only with swir16.</summary>
    Ndbi,
}
