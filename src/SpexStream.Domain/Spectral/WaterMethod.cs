namespace SpexStream.Domain.Spectral;

/// <summary>The way in which water is told; follows from the radiometry and from whether swir16 is there.</summary>
public enum WaterMethod
{
    /// <summary>Calibrated, with swir16: fixed thresholds on NDWI, MNDWI and the DSWx tests.</summary>
    SwirReflectance,

    /// <summary>Calibrated, without swir16: fixed thresholds on NDWI, nir and NDVI.</summary>
    VisibleReflectance,

    /// <summary>Not calibrated, with swir16: thresholds of NDWI and MNDWI found in the scene.</summary>
    SwirCounts,

    /// <summary>Not calibrated, without swir16: the threshold of NDWI found in the scene.</summary>
    VisibleCounts,
}
