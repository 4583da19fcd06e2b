using SpexStream.Domain.Grid;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Spie;

/// <summary>
/// Describes one region in the attributes of SPIE: least rectangle and centroid of its outer contour in whole pixels,
/// as fractions of the image, and the words for size and place. A region whose contour has no area (a point, a line)
/// takes the mean of its pixels for its centroid. Scratch of one thread.
/// </summary>
public sealed class SpieDescriber
{
    private readonly ConvexHull _hull = new();
    private ContourTracer? _contours;

    /// <summary>Describes a region.</summary>
    /// <param name="runs">Its runs, sorted by row and column, in the coordinates of <paramref name="image"/>'s
    /// grid.</param>
    /// <param name="image">The picture the fractions refer to.</param>
    public SpieAttributes Describe(ReadOnlySpan<RegionRun> runs, PixelWindow image) =>
        Describe(runs, image, (_contours ??= new()).Trace(runs).Centroid);

    /// <summary>Describes a region whose contour was traced before.</summary>
    /// <param name="runs">As above.</param>
    /// <param name="image">As above.</param>
    /// <param name="contourCentroid">The contour's centroid; null without area.</param>
    public SpieAttributes Describe(ReadOnlySpan<RegionRun> runs, PixelWindow image, PixelCorner? contourCentroid)
    {
        var (pixels, mean) = Mean(runs);
        var centroid = contourCentroid ?? mean;
        var (x, y) = (centroid.X - image.Column, centroid.Y - image.Row);
        Span<PixelPoint> corners = stackalloc PixelPoint[4];
        LeastRectangle.Around(_hull.OfCentres(runs), corners);
        foreach (ref var corner in corners)
        {
            corner = new(corner.X - image.Column, corner.Y - image.Row);
        }

        return new(
            SpieWords.Size(pixels, image.Area),
            SpieBox.Fraction(x, y, image.Width, image.Height),
            SpieWords.Location(x, y, image.Width, image.Height),
            SpieBox.Fractions(corners, image.Width, image.Height));
    }

    private static (long Pixels, PixelCorner Mean) Mean(ReadOnlySpan<RegionRun> runs)
    {
        long pixels = 0, columns = 0, rows = 0;
        foreach (var run in runs)
        {
            long length = run.End - run.Start;
            pixels += length;
            columns += length * (run.Start + run.End - 1) / 2;
            rows += length * run.Row;
        }

        return (pixels, new((int)(columns / pixels), (int)(rows / pixels)));
    }
}
