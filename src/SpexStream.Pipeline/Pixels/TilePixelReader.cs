using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Pipeline.Pixels;

/// <summary>Puts a tile's pixels together from the strips that cover it.</summary>
internal sealed class TilePixelReader(PixelCache cache, SceneImagery imagery)
{
    /// <summary>
    /// Reads a core with its halo. The rows of the core must all be covered by the strips; the halo may reach beyond
    /// them and beyond the scene, which <see cref="PixelPlanes.Covered"/> tells. The caller disposes the planes.
    /// </summary>
    /// <exception cref="RasterException">A strip cannot be read.</exception>
    public PixelPlanes Read(
        PixelWindow core, int halo, PixelWindow covered, ImmutableArray<StripRaster> strips, ReaderSet readers)
    {
        var window = core.Grow(halo);
        var planes = cache.Pool.Rent(window, core, imagery.Bands.Count, imagery.Type);
        try
        {
            planes.Covered = window.Intersect(covered);
            foreach (var strip in strips)
            {
                var part = planes.Covered.Intersect(strip.Window);
                if (!part.IsEmpty)
                {
                    cache.Copy(strip, part with { Row = part.Row - strip.RowOffset }, readers, planes);
                }
            }

            return planes;
        }
        catch
        {
            // The planes are ours until they are returned.
            planes.Dispose();
            throw;
        }
    }
}
