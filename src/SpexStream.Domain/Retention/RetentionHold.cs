namespace SpexStream.Domain.Retention;

/// <summary>Why something stays.</summary>
public enum RetentionHold
{
    /// <summary>The journal does not know it.</summary>
    Unknown,

    /// <summary>Its scene is worked on.</summary>
    SceneOpen,

    /// <summary>Its scene failed: what it holds was never published.</summary>
    NotPublished,

    /// <summary>The broker has yet to acknowledge messages of its scene.</summary>
    MessagesWait,

    /// <summary>Its class is kept for ever.</summary>
    KeptForEver,

    /// <summary>Its time has not come.</summary>
    TooYoung,

    /// <summary>Facts: files of the scene are still there.</summary>
    FilesLeft,

    /// <summary>It goes in the next round.</summary>
    NextRound,
}
