namespace SpexStream.Domain.Messages;

/// <summary>Why a scene was closed.</summary>
public enum CloseReason
{
    /// <summary>Every expected strip arrived.</summary>
    Complete,

    /// <summary>The pass ended with strips missing.</summary>
    EndOfPass,

    /// <summary>No strip came for too long.</summary>
    Timeout,

    /// <summary>Its deadline came.</summary>
    Deadline,

    /// <summary>An operator asked for it.</summary>
    Operator,
}
