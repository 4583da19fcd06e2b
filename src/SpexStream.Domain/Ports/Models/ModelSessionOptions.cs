namespace SpexStream.Domain.Ports.Models;

/// <summary>How a session on a device is opened.</summary>
public sealed record ModelSessionOptions
{
    /// <summary>The device.</summary>
    public required DeviceName Device { get; init; }

    /// <summary>Most tiles of one batch, at least 1. Every buffer is allocated for it.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Edge in pixels of the largest tile core that will come.</summary>
    public int TileSize { get; init; } = 512;

    /// <summary>Threads that one inference may use on the processor, at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the processor does the work where the software of a graphics card is missing.
    /// <see cref="IModelSession.Provider"/> tells.</summary>
    public bool FallsBackToCpu { get; init; }
}
