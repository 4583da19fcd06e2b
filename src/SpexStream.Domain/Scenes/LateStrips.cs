using SpexStream.Domain.Announcements;

namespace SpexStream.Domain.Scenes;

/// <summary>Refusals of strips that their scene cannot take.</summary>
public static class LateStrips
{
    /// <summary>The strip reaches beyond the rows that the scene is known to have.</summary>
    public static Rejection BeyondScene { get; } = new(
        RejectionReason.OffGrid, "properties[\"spex:row_offset\"]", "puts rows below the last one of the scene",
        "check the offset against the spex:scene_shape of the earlier strips");
}
