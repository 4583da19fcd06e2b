using SpexStream.Domain.Announcements;

namespace SpexStream.Domain.Scenes;

/// <summary>Refusals of strips that come when their scene cannot take them, or not any more.</summary>
public static class LateStrips
{
    /// <summary>The index is taken by other content.</summary>
    public static Rejection OtherContent { get; } = new(
        RejectionReason.BadField, "properties[\"spex:strip_index\"]",
        "is that of a strip with other content that the scene already has", "announce it under a scene id of its own");

    /// <summary>The scene's products are out.</summary>
    public static Rejection SceneClosed { get; } = new(
        RejectionReason.TooOld, "properties[\"spex:scene_id\"]", "is that of a scene that is closed already",
        "announce it under a scene id of its own");

    /// <summary>The strip reaches beyond the rows that the scene is known to have.</summary>
    public static Rejection BeyondScene { get; } = new(
        RejectionReason.OffGrid, "properties[\"spex:row_offset\"]", "puts rows below the last one of the scene",
        "check the offset against the spex:scene_shape of the earlier strips");
}
