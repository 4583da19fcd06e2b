namespace SpexStream.Domain.Journal;

/// <summary>Whether a scene is still worked on, and how it ended if not. Every value but <see cref="Open"/> is
/// closed.</summary>
public enum SceneStanding
{
    /// <summary>Strips are waited for, or tiles or products are under way.</summary>
    Open,

    /// <summary>A product stands.</summary>
    Published,

    /// <summary>It could not be finished.</summary>
    Failed,

    /// <summary>Its product was withdrawn, or it was given up without one.</summary>
    Retracted,
}
