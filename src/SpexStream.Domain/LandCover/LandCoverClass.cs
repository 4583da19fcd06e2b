namespace SpexStream.Domain.LandCover;

/// <summary>The classes that SpexStream extracts, each with masks of its own.</summary>
public enum LandCoverClass
{
    /// <summary>Open and partial surface water.</summary>
    Water,

    /// <summary>Green vegetation.</summary>
    Vegetation,

    /// <summary>Buildings; from spectra alone "built-up or bare".</summary>
    Buildings,
}
