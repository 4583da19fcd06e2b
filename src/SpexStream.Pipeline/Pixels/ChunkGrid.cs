using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Pipeline.Pixels;

/// <summary>
/// Cuts a strip's file into chunks that are read as a whole: multiples of the file's own blocks, so that each block is
/// decoded once. A file of blocks gets squares of about 512 pixels, a file of whole rows gets whole rows.
/// </summary>
internal readonly record struct ChunkGrid
{
    private const int TargetEdge = 512;
    private const long TargetBytes = 4L << 20;

    public ChunkGrid(RasterInfo info, int bands, PixelType type)
    {
        Bounds = info.Bounds;
        var rowBytes = (long)info.Width * bands * type.ByteSize();
        if (info.BlockWidth < info.Width)
        {
            Width = Multiple(info.BlockWidth, TargetEdge);
            Height = Multiple(info.BlockHeight, TargetEdge);
        }
        else
        {
            Width = info.Width;
            Height = Multiple(info.BlockHeight, (int)Math.Clamp(TargetBytes / rowBytes, 1, TargetEdge));
        }
    }

    public PixelWindow Bounds { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The chunks that meet a window of the file.</summary>
    public IEnumerable<PixelWindow> Meeting(PixelWindow window)
    {
        for (var row = window.Row / Height; row * Height < window.Bottom; row++)
        {
            for (var column = window.Column / Width; column * Width < window.Right; column++)
            {
                yield return new PixelWindow(column * Width, row * Height, Width, Height).Intersect(Bounds);
            }
        }
    }

    private static int Multiple(int block, int target) => block * Math.Max(1, target / block);
}
