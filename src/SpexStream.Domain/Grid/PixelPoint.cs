namespace SpexStream.Domain.Grid;

/// <summary>A position on an image: column (x) first, row (y) second. Where it is used says whether in pixels or
/// fractions.</summary>
public readonly record struct PixelPoint(double X, double Y);
