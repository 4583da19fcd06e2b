using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>The node on the first and on the last pixel of each row of a tile, or what is there instead.</summary>
internal sealed class TileSide
{
    /// <summary>No pixel of the class.</summary>
    public const int None = -1;

    /// <summary>A pixel without data.</summary>
    public const int Nodata = -2;

    private TileSide(int height) => (First, Last) = (new int[height], new int[height]);

    public int[] First { get; }

    public int[] Last { get; }

    public int Height => First.Length;

    public static TileSide Of(TileResult tile, TileLabels labels, int firstNode)
    {
        var side = new TileSide(tile.Core.Height);
        var bit = CoverCode.RegionBit(labels.Class);
        for (var row = 0; row < side.Height; row++)
        {
            var (first, end) = (labels.RowFirst[row], labels.RowFirst[row + 1]);
            side.First[row] = Node(tile.Runs.FirstCode(row), first);
            side.Last[row] = Node(tile.Runs.LastCode(row), end - 1);
        }

        return side;

        int Node(byte code, int run) => ClassRunReader.Holds(code, bit) ? firstNode + labels.Components[run]
            : code == CoverCode.Nodata ? Nodata : None;
    }
}
