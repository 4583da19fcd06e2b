namespace SpexStream.Domain.Spectral;

/// <summary>How open water is told where calibrated reflectance with swir16 is there. Other scenes have one rule
/// each.</summary>
public enum WaterRule
{
    /// <summary>NDWI + MNDWI above 0.124, held up by AWEInsh against shadow. A sum of our own; no paper stands behind
    /// its threshold.</summary>
    IndexSum,

    /// <summary>At least three of the five DSWx tests (Jones 2019, Remote Sensing 11, 374).</summary>
    ThreeTests,

    /// <summary>At least three DSWx tests, and EVI &lt; 0.1 with MNDWI above NDVI or EVI (Zou 2018, PNAS 115,
    /// 3810).</summary>
    ThreeTestsAndZou,
}
