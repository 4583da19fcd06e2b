namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>
/// A device with what it keeps from tile to tile (open files, planes, sessions): runs tiles, one after the other, on
/// the thread that calls. Belongs to that thread until it is disposed of.
/// </summary>
/// <remarks>
/// A read of a raster that hangs cannot be cancelled. Its tile is reported as failed after a limit, whoever opened the
/// bench is told that this one is given up, and opens another; the call returns whenever the read does.
/// </remarks>
public interface IDeviceBench : IDisposable
{
    /// <summary>Its device ("cpu:0").</summary>
    string Device { get; }

    /// <summary>Whether it was given up: it takes no further tile and is to be disposed of by its thread.</summary>
    bool IsGivenUp { get; }

    /// <summary>Waits while the device rests after a failure, as long as another one may do its work; blocks.</summary>
    void WaitWhileResting(CancellationToken cancellation);

    /// <summary>Runs a tile; blocks. Reports the outcome to the tile's scene, failures included, and does not
    /// throw.</summary>
    void Run(ITileJob job);
}
