using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>The finished tiles of a scene, in memory or in its work folder.</summary>
public interface ITileResults
{
    /// <summary>The result of a tile, the same every time. Called by one thread at a time, tile row by tile
    /// row.</summary>
    TileResult Read(TileIndex tile);
}
