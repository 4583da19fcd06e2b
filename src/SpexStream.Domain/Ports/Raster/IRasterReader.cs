using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Ports.Raster;

/// <summary>An open raster. Not thread-safe: one handle per thread.</summary>
public interface IRasterReader : IDisposable
{
    /// <summary>The header.</summary>
    RasterInfo Info { get; }

    /// <summary>
    /// Reads a window of some bands into planes, converting to their sample type. Blocks on the disk and the codec.
    /// </summary>
    /// <param name="window">What to read, in file pixels; inside of the file.</param>
    /// <param name="bands">0-based bands of the file, one per plane of <paramref name="target"/>.</param>
    /// <param name="target">Where to; not kept.</param>
    /// <param name="column">First column of the target's window to write, counted inside of that window.</param>
    /// <param name="row">First row of the target's window to write, counted inside of that window.</param>
    /// <exception cref="RasterException">The samples cannot be read.</exception>
    void Read(PixelWindow window, ImmutableArray<int> bands, PixelPlanes target, int column, int row);
}
