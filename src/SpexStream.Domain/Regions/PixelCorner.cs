namespace SpexStream.Domain.Regions;

/// <summary>A crossing of the pixel grid's lines: column line first, counted from the scene's upper left
/// corner.</summary>
/// <param name="X">Column line.</param>
/// <param name="Y">Row line.</param>
public readonly record struct PixelCorner(int X, int Y);
