namespace SpexStream.Domain.Messages;

/// <summary>Where a scene stands.</summary>
public enum ScenePhase
{
    /// <summary>Strips come in.</summary>
    Open,

    /// <summary>No strip is waited for any more; the product is being made.</summary>
    Closing,

    /// <summary>The product stands.</summary>
    Closed,

    /// <summary>It could not be finished; nothing new was published.</summary>
    Failed,

    /// <summary>Its product was withdrawn.</summary>
    Retracted,

    /// <summary>It had failed, and was given up.</summary>
    Abandoned,
}
