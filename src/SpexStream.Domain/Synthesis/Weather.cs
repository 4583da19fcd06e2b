using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>Cumulus clouds, the shadows that they cast and a thin haze.</summary>
internal sealed class Weather
{
    /// <summary>Opacity from which on a pixel is cloud.</summary>
    public const float CloudOpacity = 0.3f;

    /// <summary>Opacity of the cloud before the sun from which on a pixel is cloud shadow.</summary>
    public const float ShadowOpacity = 0.35f;

    // Cloud base; a scene that is small for it gets its clouds lower, so that the shadows stay in the scene.
    private const float BaseMetres = 1400;
    private const float DepthPerUnit = 7;

    private readonly NoiseStack _groups;
    private readonly NoiseStack _puffs;
    private readonly NoiseStack _haze;
    private readonly float _threshold;
    private readonly int _shadowColumns;
    private readonly int _shadowRows;

    public Weather(SceneFrame frame, SeedStream seeds)
    {
        _groups = NoiseStack.Between(seeds.Bits(), 0.28f * frame.Side, 0.1f * frame.Side, 0.75f, 0.7f);
        _puffs = NoiseStack.Between(seeds.Bits(), 0.055f * frame.Side, 4, 0.5f, 0.62f, billow: true);
        _haze = NoiseStack.Between(seeds.Bits(), 0.45f * frame.Side, 0.1f * frame.Side, 0.6f, 0.8f);
        var visible = -MathF.Log(1 - CloudOpacity) / DepthPerUnit;
        _threshold = SceneFrame.Quantile(
            frame.Samples(128).Select(p => _groups.At(p.X, p.Y) + _puffs.At(p.X, p.Y)),
            1 - seeds.Between(0.042f, 0.062f)) - visible;

        var height = MathF.Min(BaseMetres / frame.PixelSize, frame.Side / 14 * frame.SunUp);
        _shadowColumns = (int)MathF.Round(-frame.SunEast / frame.SunUp * height);
        _shadowRows = (int)MathF.Round(frame.SunNorth / frame.SunUp * height);
    }

    /// <summary>Columns and rows from a cloud to its shadow.</summary>
    public (int Columns, int Rows) ShadowOffset => (_shadowColumns, _shadowRows);

    /// <summary>Optical depth of the clouds over a window, 0 where there is none.</summary>
    /// <param name="window">The window.</param>
    /// <param name="depth">Takes the optical depth.</param>
    /// <param name="work">Scratch, as long as the window's area.</param>
    public void FillClouds(PixelWindow window, Span<float> depth, Span<float> work)
    {
        _groups.Fill(window, depth);
        _puffs.Fill(window, work);
        var count = (int)window.Area;
        for (var i = 0; i < count; i++)
        {
            depth[i] = MathF.Max(depth[i] + work[i] - _threshold, 0) * DepthPerUnit;
        }
    }

    /// <summary>Optical depth of the clouds between the ground of a window and the sun.</summary>
    public void FillShadows(PixelWindow window, Span<float> depth, Span<float> work) =>
        FillClouds(
            window with { Column = window.Column - _shadowColumns, Row = window.Row - _shadowRows }, depth, work);

    /// <summary>Amount of haze over a window, about 0..1.</summary>
    public void FillHaze(PixelWindow window, Span<float> haze)
    {
        _haze.Fill(window, haze);
        foreach (ref var value in haze[..(int)window.Area])
        {
            value = MathF.Max(value, 0) * MathF.Min(MathF.Max(value, 0) * 3, 1);
        }
    }

    /// <summary>Share of the light that an optical depth takes away.</summary>
    public static float Opacity(float depth) => depth <= 0 ? 0 : 1 - MathF.Exp(-depth);
}
