using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>The height of the land: hills inland, a plain at the coast, valleys along the rivers.</summary>
internal sealed class Relief
{
    private readonly SceneFrame _frame;
    private readonly Coast _coast;
    private readonly NoiseStack _rise;
    private readonly NoiseStack _ridges;

    public Relief(SceneFrame frame, Coast coast, SeedStream seeds)
    {
        (_frame, _coast) = (frame, coast);
        _rise = NoiseStack.Between(seeds.Bits(), 0.35f * frame.Side, 0.12f * frame.Side, 0.22f);
        _ridges = NoiseStack.Between(seeds.Bits(), 0.10f * frame.Side, 7, 0.0075f * frame.Side, 1.0f, billow: true);
    }

    /// <summary>How hilly a point is, 0..1.</summary>
    public float Hilliness(float x, float y) => Curves.Smooth(0.30f, 0.80f, _coast.Depth(x, y) + _rise.At(x, y));

    /// <summary>Hilliness (0..1) and height (in pixel sizes) of a window.</summary>
    public void Fill(PixelWindow window, ReadOnlySpan<float> riverDistance, Span<float> hilliness, Span<float> height)
    {
        _rise.Fill(window, hilliness);
        _ridges.Fill(window, height);
        var valley = 0.02f * _frame.Side;
        var i = 0;
        for (var y = window.Row; y < window.Bottom; y++)
        {
            for (var x = window.Column; x < window.Right; x++, i++)
            {
                hilliness[i] = Curves.Smooth(0.30f, 0.80f, _coast.Depth(x, y) + hilliness[i]);
                var bank = riverDistance[i] / valley;
                // Billows upside down are ridges.
                height[i] = -height[i] * (0.06f + (0.94f * hilliness[i])) * (0.25f + (0.75f * bank / (1 + bank)));
            }
        }
    }

    /// <summary>Direct light on a slope relative to level ground, softened for the light of the sky.</summary>
    public float Light(float slopeEast, float slopeSouth)
    {
        const float Sky = 0.22f;
        var incidence = (_frame.SunUp - (slopeEast * _frame.SunEast) + (slopeSouth * _frame.SunNorth))
            / MathF.Sqrt(1 + (slopeEast * slopeEast) + (slopeSouth * slopeSouth));
        return MathF.Max((incidence + Sky) / (_frame.SunUp + Sky), 0.3f);
    }
}
