using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>
/// From a position on Earth to the pixel of a scene: the inverse of <see cref="GroundMap"/>, by Newton's method on it.
/// Outside of the scene the outermost cells are continued, so positions far off are only roughly right. Immutable; safe
/// for any number of threads.
/// </summary>
public sealed class PixelFinder
{
    private const int MaxSteps = 30;
    private const double ClosePixels = 1e-7;
    private readonly GroundMap _map;

    /// <summary>Creates the inverse of a map.</summary>
    public PixelFinder(GroundMap map) => _map = map;

    /// <summary>The pixel position of a place (0, 0 is the upper left corner of the scene).</summary>
    /// <param name="place">Its longitude on the same turn as the scene's.</param>
    /// <param name="near">Where to begin to look.</param>
    /// <returns>Null where none is found.</returns>
    public PixelPoint? Find(LonLat place, PixelPoint? near = null)
    {
        var at = near ?? new(_map.Width / 2.0, _map.Height / 2.0);
        for (var step = 0; step < MaxSteps; step++)
        {
            var here = _map.At(at.X, at.Y);
            var (right, below) = (_map.At(at.X + 1, at.Y), _map.At(at.X, at.Y + 1));
            var (a, b) = (right.Longitude - here.Longitude, below.Longitude - here.Longitude);
            var (c, d) = (right.Latitude - here.Latitude, below.Latitude - here.Latitude);
            var (east, north) = (place.Longitude - here.Longitude, place.Latitude - here.Latitude);
            var determinant = (a * d) - (b * c);
            var (dx, dy) = (((east * d) - (north * b)) / determinant, ((north * a) - (east * c)) / determinant);
            at = new(at.X + dx, at.Y + dy);
            if (!double.IsFinite(at.X) || !double.IsFinite(at.Y))
            {
                return null;
            }

            if (Math.Abs(dx) + Math.Abs(dy) < ClosePixels * Math.Max(1, (Math.Abs(at.X) + Math.Abs(at.Y)) * 1e-3))
            {
                return at;
            }
        }

        return null;
    }
}
