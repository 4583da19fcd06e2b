namespace SpexStream.Domain.Imagery;

/// <summary>What the numbers of a raster are; taken from metadata or options, never guessed from the values.</summary>
public enum RadiometryLevel
{
    /// <summary>No scale to reflectance is known: display products, raw counts.</summary>
    Uncalibrated,

    /// <summary>Top-of-atmosphere reflectance.</summary>
    TopOfAtmosphere,

    /// <summary>Surface reflectance, corrected for the atmosphere.</summary>
    SurfaceReflectance,
}
