using System.Runtime.Intrinsics;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>Makes the pixels and the truth of a window, block by block. Belongs to one thread.</summary>
internal sealed class BlockRenderer(ScenePlan plan)
{
    private const int BlockWidth = 256;
    private const int BlockHeight = 128;

    private readonly BlockFields _fields = new(plan);
    private readonly SurfacePainter _surface = new(plan);
    private readonly Vector256<float>[] _light = new Vector256<float>[(BlockWidth + 2) * (BlockHeight + 2)];

    /// <summary>Fills a window; see <see cref="SyntheticScene.Fill"/>.</summary>
    public void Fill(PixelWindow window, Span<ushort> bands, Span<byte> truth)
    {
        for (var row = window.Row; row < window.Bottom; row += BlockHeight)
        {
            for (var column = window.Column; column < window.Right; column += BlockWidth)
            {
                var block = new PixelWindow(column, row, BlockWidth, BlockHeight).Intersect(window);
                _fields.Load(block);
                Paint(block, window, truth);
                Measure(block, window, bands);
            }
        }
    }

    private void Paint(PixelWindow block, PixelWindow window, Span<byte> truth)
    {
        var lit = block.Grow(1);
        var i = 0;
        for (var y = lit.Row; y < lit.Bottom; y++)
        {
            var (left, right) = (plan.Frame.SwathLeft(y), plan.Frame.SwathRight(y));
            for (var x = lit.Column; x < lit.Right; x++, i++)
            {
                var inSwath = x >= left && x < right;
                var code = TruthCode.Nodata;
                // Two pixels of margin: the blur at the edge of the swath must see ground, not the void.
                if (x >= left - 2 && x < right + 2)
                {
                    code = Pixel(x, y, out _light[i]);
                }

                if (block.Contains(new PixelWindow(x, y, 1, 1)))
                {
                    truth[IndexIn(window, x, y)] = inSwath ? code : TruthCode.Nodata;
                }
            }
        }
    }

    private byte Pixel(int x, int y, out Vector256<float> light)
    {
        var i = _fields.IndexOf(x, y);
        var depth = _fields.CloudDepth[i];
        var opacity = Weather.Opacity(depth);
        var shadow = Weather.Opacity(_fields.ShadowDepth[i]);
        var (cover, water) = depth < 9 ? _surface.At(_fields, x, y) : (default, 0);

        var seen = cover.Lit(Unshaded.Mix(Spectra.Skylight, 0.95f * shadow)).Plus(Spectra.Haze, _fields.Haze[i]);
        if (opacity > 0)
        {
            seen = seen.Mix(Spectra.Cloud.Lit(CloudLight(i, depth)), opacity);
        }

        light = seen.Lanes;
        return Truth(opacity, shadow, water, cover);
    }

    private static Cover Unshaded { get; } = Cover.Of(1, 1, 1, 1, 1, 1, 1, 1);

    private static byte Truth(float opacity, float shadow, float water, Cover cover) =>
        opacity >= Weather.CloudOpacity ? TruthCode.Cloud
        : shadow >= Weather.ShadowOpacity ? TruthCode.CloudShadow
        : water >= 0.5f ? TruthCode.Water
        : water >= 0.2f ? TruthCode.PartialWater
        : cover.Green >= 0.5f ? TruthCode.Vegetation
        : cover.Sealed >= 0.5f ? TruthCode.BuiltUp
        : TruthCode.OtherLand;

    private float CloudLight(int i, float depth)
    {
        var width = _fields.Window.Width;
        var planes = _fields.CloudDepth;
        // Where the cloud gets thinner towards the sun, its side faces the sun.
        var facing = ((planes[i - 1] - planes[i + 1]) * plan.Frame.SunEast)
            + ((planes[i + width] - planes[i - width]) * plan.Frame.SunNorth);
        return 0.56f + (0.44f * depth / (2.5f + depth)) + Math.Clamp(0.2f * facing, -0.18f, 0.18f);
    }

    private void Measure(PixelWindow block, PixelWindow window, Span<ushort> bands)
    {
        var stride = block.Width + 2;
        var plane = (int)window.Area;
        for (var y = block.Row; y < block.Bottom; y++)
        {
            var (left, right) = (plan.Frame.SwathLeft(y), plan.Frame.SwathRight(y));
            var middle = ((y - block.Row + 1) * stride) + 1;
            var output = IndexIn(window, block.Column, y);
            for (var x = block.Column; x < block.Right; x++, middle++, output++)
            {
                var counts = Vector256<int>.Zero;
                if (x >= left && x < right)
                {
                    counts = Sensor.Measure(
                        Sensor.Blur(Row(middle - stride), Row(middle), Row(middle + stride)),
                        CoordinateHash.Of(plan.NoiseSeed, x, y));
                }

                for (var band = 0; band < Cover.Bands; band++)
                {
                    bands[output + (band * plane)] = (ushort)counts.GetElement(band);
                }
            }
        }
    }

    private Vector256<float> Row(int i) => Sensor.Blur(_light[i - 1], _light[i], _light[i + 1]);

    private static int IndexIn(PixelWindow window, int x, int y) =>
        ((y - window.Row) * window.Width) + x - window.Column;
}
