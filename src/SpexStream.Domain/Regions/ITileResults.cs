using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>The finished tiles of a scene, in memory or in its work folder.</summary>
public interface ITileResults
{
    /// <summary>The result of a tile, the same every time. May be called by several threads at
    /// once.</summary>
    TileResult Read(TileIndex tile);
}
