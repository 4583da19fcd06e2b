namespace SpexStream.Domain.Grid;

/// <summary>Place of a tile in its scene's tile grid, counted from the upper left.</summary>
public readonly record struct TileIndex(int Column, int Row);
