namespace SpexStream.Domain.Messages;

/// <summary>What happened to a scene.</summary>
public enum SceneNoticeKind
{
    /// <summary>Its first strip arrived.</summary>
    Opened,

    /// <summary>It was closed; its product stands.</summary>
    Closed,

    /// <summary>A late strip or a better backend gave a new revision.</summary>
    Revised,
}
