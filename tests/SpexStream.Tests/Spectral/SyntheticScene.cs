using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;

namespace SpexStream.Tests.Spectral;

/// <summary>A scene in memory, samples by band and pixel, that is cut into tiles as a reader would.</summary>
internal sealed unsafe class SyntheticScene(int width, int height, SceneImagery imagery)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public SceneImagery Imagery { get; } = imagery;

    public double[][] Samples { get; } = [.. imagery.Bands.Names.Select(_ => new double[width * height])];

    public static SceneImagery ImageryOf(
        string bands, PixelType type, RadiometryLevel level, double? scale = null, double offset = 0,
        double? nodata = null, double pixelSize = 10)
    {
        var set = new BandSet(bands.Split(','));
        return new(
            set, type, Radiometry.Uniform(set.Count, scale, offset, level),
            nodata is null ? [] : [.. Enumerable.Repeat(nodata, set.Count)], pixelSize);
    }

    /// <summary>Sets every band of a pixel, in file order.</summary>
    public void Set(int column, int row, params ReadOnlySpan<double> samples)
    {
        for (var band = 0; band < Samples.Length; band++)
        {
            Samples[band][(row * Width) + column] = samples[band];
        }
    }

    public PixelPlanes Tile(PixelWindow core, int halo)
    {
        var window = core.Grow(halo);
        var pixels = new PixelPlanes(window, core, Samples.Length, Imagery.Type)
        {
            Covered = window.Intersect(new(0, 0, Width, Height)),
        };
        for (var band = 0; band < Samples.Length; band++)
        {
            for (var row = pixels.Covered.Row; row < pixels.Covered.Bottom; row++)
            {
                for (var column = pixels.Covered.Column; column < pixels.Covered.Right; column++)
                {
                    var sample = Samples[band][(row * Width) + column];
                    Write(pixels.Row(band, row - window.Row), column - window.Column, sample);
                }
            }
        }

        return pixels;
    }

    /// <summary>All passes; each tile goes to one of three surveys, which are merged in the order of the
    /// seed.</summary>
    public ISceneFindings Survey(SpectralBackend backend, int tileSize, int seed)
    {
        var findings = backend.InitialFindings;
        var random = new Random(seed);
        for (var pass = 0; pass < backend.PassCount; pass++)
        {
            var surveys = Enumerable.Range(0, 3).Select(_ => backend.NewSurvey(pass, findings)).ToArray();
            var grid = new TileGrid(Width, Height, tileSize, backend.ReachPixels);
            foreach (var tile in grid.All().OrderBy(_ => random.Next()))
            {
                using var pixels = Tile(grid.Core(tile), grid.Halo);
                surveys[random.Next(3)].Add(pixels);
            }

            surveys[1].Merge(surveys[2]);
            surveys[0].Merge(surveys[1]);
            findings = backend.Conclude(findings, surveys[0]);
        }

        return findings;
    }

    public ScenePlanes Classify(SpectralBackend backend, ISceneFindings findings, int tileSize)
    {
        var planes = new ScenePlanes(Width, Height);
        var grid = new TileGrid(Width, Height, tileSize, backend.ReachPixels);
        using var evidence = new TileEvidence(tileSize);
        foreach (var tile in grid.All())
        {
            using var pixels = Tile(grid.Core(tile), grid.Halo);
            backend.Classify(pixels, findings, evidence);
            planes.Take(evidence, backend);
        }

        return planes;
    }

    public ScenePlanes Classify(SpectralOptions options, int tileSize = 64)
    {
        var backend = new SpectralBackend(Imagery, options);
        return Classify(backend, Survey(backend, tileSize, 1), tileSize);
    }

    private void Write(void* row, int column, double value)
    {
        switch (Imagery.Type)
        {
            case PixelType.UInt8:
                ((byte*)row)[column] = (byte)value;
                break;
            case PixelType.UInt16:
                ((ushort*)row)[column] = (ushort)value;
                break;
            case PixelType.Int16:
                ((short*)row)[column] = (short)value;
                break;
            default:
                ((float*)row)[column] = (float)value;
                break;
        }
    }
}
