namespace SpexStream.Domain.Messages;

/// <summary>What a message is about, as a topic level: one land-cover class, or all of them.</summary>
public enum ProductClass
{
    /// <summary>Water.</summary>
    Water,

    /// <summary>Vegetation.</summary>
    Vegetation,

    /// <summary>Buildings.</summary>
    Buildings,

    /// <summary>All classes together.</summary>
    LandCover,
}
