namespace SpexStream.Domain.Messages;

/// <summary>What an observation speaks of.</summary>
public enum ObservationKind
{
    /// <summary>One region of a class.</summary>
    Region,

    /// <summary>All of a class in one strip, while the scene is still open.</summary>
    StripSummary,

    /// <summary>All of a class in a closed scene.</summary>
    SceneSummary,
}
