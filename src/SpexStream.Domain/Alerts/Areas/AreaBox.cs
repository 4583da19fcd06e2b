using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>A box in degrees. Longitudes run on beyond 180 rather than jump, so that west is never above
/// east.</summary>
/// <param name="West">Least longitude.</param>
/// <param name="South">Least latitude.</param>
/// <param name="East">Greatest longitude.</param>
/// <param name="North">Greatest latitude.</param>
public readonly record struct AreaBox(double West, double South, double East, double North)
{
    /// <summary>The box around positions, of which there is at least one.</summary>
    public static AreaBox Around(ReadOnlySpan<LonLat> positions)
    {
        var box = new AreaBox(
            double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        foreach (var position in positions)
        {
            box = box.With(position);
        }

        return box;
    }

    /// <summary>The box around this one and a position.</summary>
    public AreaBox With(LonLat position) => new(
        Math.Min(West, position.Longitude),
        Math.Min(South, position.Latitude),
        Math.Max(East, position.Longitude),
        Math.Max(North, position.Latitude));

    /// <summary>The box around this one and another.</summary>
    public AreaBox With(AreaBox other) => new(
        Math.Min(West, other.West),
        Math.Min(South, other.South),
        Math.Max(East, other.East),
        Math.Max(North, other.North));

    /// <summary>Whether two boxes have a point in common.</summary>
    public bool Meets(AreaBox other) =>
        West <= other.East && other.West <= East && South <= other.North && other.South <= North;

    /// <summary>The same box whole turns further east.</summary>
    public AreaBox Turned(int turns) => this with { West = West + (360 * turns), East = East + (360 * turns) };
}
