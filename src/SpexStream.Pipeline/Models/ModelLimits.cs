using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Models;

/// <summary>How models are run on devices.</summary>
public sealed record ModelLimits
{
    /// <summary>Most tiles of one batch, 1 to 256.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>How long the first tile of a batch waits for company while the device is idle.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Threads that one inference may use on the processor.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the processor does the work where a graphics card's software is missing.</summary>
    public bool FallsBackToCpu { get; init; }

    /// <summary>What is left of a scene's time for its products when the last tile is done.</summary>
    public TimeSpan AssemblyReserve { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How a session is opened.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="tileSize">Edge of a tile in pixels.</param>
    public ModelSessionOptions Session(DeviceName device, int tileSize) => new()
    {
        Device = device,
        BatchSize = BatchSize,
        TileSize = tileSize,
        Threads = Threads,
        FallsBackToCpu = FallsBackToCpu,
    };
}
