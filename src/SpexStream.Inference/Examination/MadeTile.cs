using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Inference.Examination;

/// <summary>A tile of made counts in the bands that a pack takes, for trying it out: reflectance 0 .. 0.6.</summary>
internal static class MadeTile
{
    private const int BrightestCount = 6000;

    /// <summary>The scene that the tile belongs to.</summary>
    public static SceneImagery Imagery(ImmutableArray<string> bands) => new(
        new BandSet(bands), PixelType.UInt16,
        Radiometry.Uniform(bands.Length, 0.0001, 0, RadiometryLevel.SurfaceReflectance), [], 10);

    /// <summary>A tile with its halo; the caller disposes it. Equal seeds, equal pixels.</summary>
    public static PixelPlanes Create(int bands, int tileSize, int halo, int seed)
    {
        var random = new Random(seed);
        var core = new PixelWindow(0, 0, tileSize, tileSize);
        var planes = new PixelPlanes(core.Grow(halo), core, bands, PixelType.UInt16);
        for (var band = 0; band < planes.Bands; band++)
        {
            for (var row = 0; row < planes.Window.Height; row++)
            {
                foreach (ref var sample in planes.RowSpan<ushort>(band, row))
                {
                    sample = (ushort)random.Next(1, BrightestCount);
                }
            }
        }

        return planes;
    }
}
