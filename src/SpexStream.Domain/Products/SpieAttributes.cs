using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Products;

/// <summary>
/// The attributes of a region as SPEX puts them into a prompt: words for size and place, positions as fractions of the
/// image (x first), rounded to three digits.
/// </summary>
/// <param name="Size">Word for the area.</param>
/// <param name="Centroid">Fractions 0..1.</param>
/// <param name="Location">One of the nine fields of a 3 x 3 grid, in words.</param>
/// <param name="Box">Four corners, upper left first, clockwise; fractions 0..1.</param>
public sealed record SpieAttributes(string Size, PixelPoint Centroid, string Location, ImmutableArray<PixelPoint> Box);
