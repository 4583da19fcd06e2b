namespace SpexStream.Domain.Scenes;

/// <summary>Where a scene stands.</summary>
public enum ScenePhase
{
    /// <summary>Strips may still come; tiles run as soon as their rows are there.</summary>
    Gathering,

    /// <summary>No strip is waited for; the tiles left over run.</summary>
    Draining,

    /// <summary>The backend's passes run again over all tiles with the findings of the whole scene.</summary>
    Finalising,

    /// <summary>Every tile has its final answer; products are put together.</summary>
    Assembling,

    /// <summary>Products are in place.</summary>
    Closed,

    /// <summary>A critical strip is missing: nothing was published as final. One that comes late opens the scene
    /// again.</summary>
    Failed,
}
