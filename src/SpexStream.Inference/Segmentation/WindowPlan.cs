using SpexStream.Domain.Grid;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// How windows of a model lie over a tile (ADR 19). Cropping: they begin at the tile's core, and of each only what is
/// further than the overlap from its edge is used. Blending: they lie on one grid over the whole scene, so that tiles
/// that
/// share a window compute the same of it, and the answer does not depend on the tiles at all.
/// </summary>
internal sealed class WindowPlan
{
    private readonly PackTiling _tiling;

    /// <summary>Lays windows over tiles of at most an edge.</summary>
    public WindowPlan(PackTiling tiling, int tileSize)
    {
        _tiling = tiling;
        var whole = tileSize + (2 * tiling.Overlap);
        Edge = tiling.Edge ?? ((whole + tiling.Multiple - 1) / tiling.Multiple * tiling.Multiple);
        Step = Edge - (2 * tiling.Overlap);
        var across = tiling.Blends
            ? ((tileSize + (2 * tiling.Overlap) + Step - 2) / Step) + 1
            : (tileSize + Step - 1) / Step;
        MostPerTile = across * across;
    }

    /// <summary>Edge of a window in pixels.</summary>
    public int Edge { get; }

    /// <summary>Pixels from one window to the next.</summary>
    public int Step { get; }

    /// <summary>Pixels at each side of a window that are cut off, or blended with twice as many.</summary>
    public int Overlap => _tiling.Overlap;

    /// <summary>Whether windows are blended.</summary>
    public bool Blends => _tiling.Blends;

    /// <summary>Windows that a tile needs at most.</summary>
    public int MostPerTile { get; }

    /// <summary>Halo that a tile needs.</summary>
    public static int Reach(PackTiling tiling) => tiling.Blends ? tiling.Edge!.Value - 1 : tiling.Overlap;

    /// <summary>The windows that a core needs along the columns.</summary>
    public AxisWindows Columns(PixelWindow core, PixelWindow covered) =>
        Along(core.Column, core.Right, covered.Column, covered.Right);

    /// <summary>The windows that a core needs along the rows.</summary>
    public AxisWindows Rows(PixelWindow core, PixelWindow covered) =>
        Along(core.Row, core.Bottom, covered.Row, covered.Bottom);

    private AxisWindows Along(int start, int end, int firstPixel, int endPixel)
    {
        if (!Blends)
        {
            return new(start - Overlap, (end - start + Step - 1) / Step, Step);
        }

        // Window k answers alone for k * Step .. (k + 1) * Step, but for the overlap on each side, where its neighbours
        // join in. One whose own part lies beyond all pixels would see only their mirror image, and is left out.
        var first = Math.Max(Floor(start - Overlap), Floor(firstPixel));
        var last = Math.Min(Floor(end - 1 + Overlap), Floor(endPixel - 1));
        return new((first * Step) - Overlap, last - first + 1, Step);
    }

    private int Floor(int pixel) => (int)Math.Floor((double)pixel / Step);
}
