namespace SpexStream.Domain.Grid;

/// <summary>
/// Cuts a scene of <see cref="Width"/> x <see cref="Height"/> pixels into square tiles. Rows are anchored to the
/// scene's absolute rows and columns to its left edge, so that a tile is the same whatever strips the scene came in.
/// </summary>
public sealed record TileGrid
{
    /// <summary>Creates the grid.</summary>
    /// <param name="width">Scene width in pixels, at least 1.</param>
    /// <param name="height">Scene height in pixels, at least 1.</param>
    /// <param name="tileSize">Edge of a tile in pixels: a power of two from 64 to 4096.</param>
    /// <param name="halo">Context in pixels on each side of a tile; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public TileGrid(int width, int height, int tileSize, int halo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(halo);
        if (!IsTileSize(tileSize))
        {
            throw new ArgumentOutOfRangeException(
                nameof(tileSize), tileSize, "A tile is a power of two from 64 to 4096.");
        }

        (Width, Height, TileSize, Halo) = (width, height, tileSize, halo);
        Columns = (width + tileSize - 1) / tileSize;
        Rows = (height + tileSize - 1) / tileSize;
    }

    /// <summary>Scene width in pixels.</summary>
    public int Width { get; }

    /// <summary>Scene height in pixels.</summary>
    public int Height { get; }

    /// <summary>Edge of a tile in pixels.</summary>
    public int TileSize { get; }

    /// <summary>Context in pixels on each side of a tile.</summary>
    public int Halo { get; }

    /// <summary>Tiles across.</summary>
    public int Columns { get; }

    /// <summary>Tiles down.</summary>
    public int Rows { get; }

    /// <summary>Tiles in all.</summary>
    public int Count => Columns * Rows;

    /// <summary>The whole scene as a window.</summary>
    public PixelWindow Bounds => new(0, 0, Width, Height);

    /// <summary>Whether a tile may have this edge.</summary>
    public static bool IsTileSize(int size) => size is >= 64 and <= 4096 && (size & (size - 1)) == 0;

    /// <summary>The pixels a tile answers for; smaller at the right and bottom edge of the scene.</summary>
    public PixelWindow Core(TileIndex tile) =>
        new PixelWindow(tile.Column * TileSize, tile.Row * TileSize, TileSize, TileSize).Intersect(Bounds);

    /// <summary>The pixels a tile reads: its core and the halo, which may reach beyond the scene.</summary>
    public PixelWindow WithHalo(TileIndex tile) => Core(tile).Grow(Halo);

    /// <summary>All tiles of one tile row, from the left.</summary>
    public IEnumerable<TileIndex> Row(int row) =>
        Enumerable.Range(0, Columns).Select(column => new TileIndex(column, row));

    /// <summary>All tiles in row order.</summary>
    public IEnumerable<TileIndex> All() => Enumerable.Range(0, Rows).SelectMany(Row);
}
