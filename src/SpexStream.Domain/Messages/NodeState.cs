namespace SpexStream.Domain.Messages;

/// <summary>What a node says of itself.</summary>
public enum NodeState
{
    /// <summary>It takes strips.</summary>
    Online,

    /// <summary>It takes nothing new until somebody lets it; open scenes go on.</summary>
    Paused,

    /// <summary>It finishes what it has and takes nothing new.</summary>
    Draining,

    /// <summary>It is gone: said by itself on a clean stop, else by the broker as its last will.</summary>
    Offline,
}
