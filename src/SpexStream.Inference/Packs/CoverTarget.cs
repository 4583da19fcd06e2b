namespace SpexStream.Inference.Packs;

/// <summary>What a class of a model stands for among ours.</summary>
public enum CoverTarget
{
    /// <summary>Water.</summary>
    Water,

    /// <summary>Vegetation.</summary>
    Vegetation,

    /// <summary>Buildings.</summary>
    Buildings,

    /// <summary>Seen, and none of these.</summary>
    Land,

    /// <summary>Cloud: the ground is not seen.</summary>
    Cloud,

    /// <summary>Shadow of a cloud.</summary>
    CloudShadow,

    /// <summary>Snow or ice.</summary>
    SnowIce,

    /// <summary>The model says nothing here.</summary>
    Nothing,
}
