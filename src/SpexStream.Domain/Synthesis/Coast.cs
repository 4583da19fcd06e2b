using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// The line between land and sea: the distance along the seaward direction, bent by noise of unit slope, so that the
/// value is about the distance to the shore in pixels. Positive on land.
/// </summary>
internal sealed class Coast
{
    private readonly NoiseStack _shape;
    private readonly float _origin;

    public Coast(SceneFrame frame, SeedStream seeds)
    {
        var angle = seeds.Between(0.30f, 0.70f) * MathF.PI;
        (SeawardY, SeawardX) = MathF.SinCos(angle);
        _shape = NoiseStack.Between(seeds.Bits(), 0.42f * frame.Side, 5, 0.125f * frame.Side, 1.02f);
        // The share of sea is the same for every seed, or some scenes would have none.
        _origin = SceneFrame.Quantile(
            frame.Samples(96).Select(p => Inland(p.X, p.Y) + _shape.At(p.X, p.Y)), seeds.Between(0.09f, 0.13f));
        Side = frame.Side;
    }

    /// <summary>Unit vector towards the sea, in columns.</summary>
    public float SeawardX { get; }

    /// <summary>Unit vector towards the sea, in rows.</summary>
    public float SeawardY { get; }

    private float Side { get; }

    /// <summary>About the distance to the shore at a point, in pixels.</summary>
    public float At(float x, float y) => Inland(x, y) + _shape.At(x, y) - _origin;

    /// <summary>How far inland a point lies, in sides of the scene, without bays and headlands.</summary>
    public float Depth(float x, float y) => (Inland(x, y) - _origin) / Side;

    /// <summary>The distances of a window.</summary>
    public void Fill(PixelWindow window, Span<float> plane)
    {
        _shape.Fill(window, plane);
        var i = 0;
        for (var y = window.Row; y < window.Bottom; y++)
        {
            for (var x = window.Column; x < window.Right; x++)
            {
                plane[i] += Inland(x, y) - _origin;
                i++;
            }
        }
    }

    private float Inland(float x, float y) => -(x * SeawardX) - (y * SeawardY);
}
