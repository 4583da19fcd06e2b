using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Pipeline.Pixels;

/// <summary>A strip's file and where it lies on the scene's grid. The strip is as wide as the scene.</summary>
/// <param name="Path">What the raster store opens.</param>
/// <param name="Info">Its header.</param>
/// <param name="RowOffset">Scene row of its first row.</param>
/// <param name="FileBands">0-based bands of the file, one for each band of the scene's imagery.</param>
public sealed record StripRaster(string Path, RasterInfo Info, int RowOffset, ImmutableArray<int> FileBands)
{
    /// <summary>Place along track, 0-based.</summary>
    public int Index { get; init; }

    /// <summary>Which content of its index it is, from 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>What tells the content from another one that may lie under the same path at another time.</summary>
    public string Identity { get; init; } = Path;

    /// <summary>The rows of the scene that it holds, as a window.</summary>
    public PixelWindow Window => new(0, RowOffset, Info.Width, Info.Height);
}
