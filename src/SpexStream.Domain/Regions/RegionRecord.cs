namespace SpexStream.Domain.Regions;

/// <summary>
/// A region of the scene: its sums, and the pieces of its confidence histogram as a chain, so that joining two regions
/// takes the same time whatever their size.
/// </summary>
internal struct RegionRecord
{
    public ComponentStats Stats;
    public int FirstPiece;
    public int LastPiece;

    /// <summary>A member node; its root while the region is open.</summary>
    public int Node;

    /// <summary>Last tile row at whose lower border the region was seen.</summary>
    public int SeenInRow;
}

/// <summary>Bins of one tile's component, and the next piece of the same region (-1 at the end).</summary>
internal readonly record struct BinPiece(long FirstBin, int Bins, int Next);
