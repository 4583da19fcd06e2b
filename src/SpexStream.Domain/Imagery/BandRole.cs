namespace SpexStream.Domain.Imagery;

/// <summary>What a band measures, by the common names of the STAC eo extension v2.0.0.</summary>
public enum BandRole
{
    /// <summary>A name that no rule uses; the band is carried and unused.</summary>
    Other,

    /// <summary>coastal, about 0.44 um.</summary>
    Coastal,

    /// <summary>blue, about 0.48 um.</summary>
    Blue,

    /// <summary>green, about 0.56 um.</summary>
    Green,

    /// <summary>red, about 0.66 um.</summary>
    Red,

    /// <summary>nir, about 0.84 um.</summary>
    Nir,

    /// <summary>cirrus, about 1.37 um.</summary>
    Cirrus,

    /// <summary>swir16, about 1.6 um.</summary>
    Swir16,

    /// <summary>swir22, about 2.2 um.</summary>
    Swir22,
}
