namespace SpexStream.Domain.Regions;

/// <summary>A run of a region's pixels: a row and the columns from <see cref="Start"/> to before <see
/// cref="End"/>.</summary>
/// <param name="Row">Row of the scene (or tile).</param>
/// <param name="Start">First column.</param>
/// <param name="End">Column behind the last.</param>
public readonly record struct RegionRun(int Row, int Start, int End);
