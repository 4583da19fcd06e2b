using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Segmentation;

namespace SpexStream.Tests.Inference;

/// <summary>A scene in memory, cut into tiles as the pipeline does: windows with a halo, of which only the part
/// inside the
/// scene is covered.</summary>
internal sealed class TestScene
{
    private readonly double[] _values;

    public TestScene(int width, int height, SceneImagery imagery, Func<int, int, int, double> value)
    {
        (Width, Height, Imagery) = (width, height, imagery);
        _values = new double[imagery.Bands.Count * width * height];
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = value(i / (width * height), i % width, i / width % height);
        }
    }

    public int Width { get; }

    public int Height { get; }

    public SceneImagery Imagery { get; }

    public static SceneImagery Reflectance(
        PixelType type, double scale, double offset, double? nodata, params string[] bands) => new(
        new BandSet(bands), type, Radiometry.Uniform(bands.Length, scale, offset, RadiometryLevel.SurfaceReflectance),
        [.. Enumerable.Repeat(nodata, bands.Length)], 10);

    /// <summary>Smooth hills and noise, 0 .. 10000.</summary>
    public static Func<int, int, int, double> Hills(int seed)
    {
        var random = new Random(seed);
        var phases = Enumerable.Range(0, 64).Select(_ => random.NextDouble() * 6.28).ToArray();
        return (band, x, y) => Math.Floor(
            5000 + (2500 * Math.Sin((x / 17.0) + phases[band])) + (1500 * Math.Cos((y / 11.0) + phases[band + 8]))
            + (900 * Math.Sin((x * y * 0.37) + phases[band + 16])));
    }

    public double At(int band, int x, int y) => _values[(((band * Height) + y) * Width) + x];

    /// <summary>The cover codes of the whole scene, classified tile by tile.</summary>
    public byte[] Codes(ILearnedBackend backend, int tileSize) => Classify(backend, tileSize).Codes;

    /// <summary>Cover codes and confidence in water of the whole scene, classified tile by tile.</summary>
    public unsafe (byte[] Codes, byte[] Water) Classify(ILearnedBackend backend, int tileSize)
    {
        var grid = new TileGrid(Width, Height, tileSize, backend.ReachPixels);
        var (codes, water) = (new byte[Width * Height], new byte[Width * Height]);
        using var evidence = new TileEvidence(tileSize);
        foreach (var tile in grid.All())
        {
            using var pixels = Read(grid.Core(tile), grid.Halo);
            backend.Classify(pixels, backend.InitialFindings, evidence);
            for (var y = 0; y < evidence.Core.Height; y++)
            {
                var at = ((evidence.Core.Row + y) * Width) + evidence.Core.Column;
                new Span<byte>(evidence.Codes(y), evidence.Core.Width).CopyTo(codes.AsSpan(at));
                new Span<byte>(evidence.Confidence(LandCoverClass.Water, y), evidence.Core.Width)
                    .CopyTo(water.AsSpan(at));
            }
        }

        return (codes, water);
    }

    /// <summary>A tile's pixels; the caller disposes them. What lies outside of the scene is filled with
    /// rubbish.</summary>
    public unsafe PixelPlanes Read(PixelWindow core, int halo)
    {
        var planes = new PixelPlanes(core.Grow(halo), core, Imagery.Bands.Count, Imagery.Type)
        {
            Covered = core.Grow(halo).Intersect(new(0, 0, Width, Height)),
        };
        for (var band = 0; band < planes.Bands; band++)
        {
            for (var y = 0; y < planes.Window.Height; y++)
            {
                for (var x = 0; x < planes.Window.Width; x++)
                {
                    var (column, row) = (x + planes.Window.Column, y + planes.Window.Row);
                    var inside = column >= 0 && row >= 0 && column < Width && row < Height;
                    Set(planes, band, x, y, inside ? At(band, column, row) : 77);
                }
            }
        }

        return planes;
    }

    /// <summary>The scene as a model takes it, mirrored around by a margin: bands, rows, columns.</summary>
    public float[] Mirrored(int margin, double scale)
    {
        var (width, height) = (Width + (2 * margin), Height + (2 * margin));
        var numbers = new float[Imagery.Bands.Count * width * height];
        for (var i = 0; i < numbers.Length; i++)
        {
            var (x, y) = ((i % width) - margin, (i / width % height) - margin);
            numbers[i] = (float)At(i / (width * height), Mirror.At(x, 0, Width), Mirror.At(y, 0, Height)) * (
                float)scale;
        }

        return numbers;
    }

    private static unsafe void Set(PixelPlanes planes, int band, int x, int y, double value)
    {
        var row = planes.Row(band, y);
        switch (planes.Type)
        {
            case PixelType.UInt8:
                ((byte*)row)[x] = (byte)value;
                break;
            case PixelType.Int16:
                ((short*)row)[x] = (short)value;
                break;
            case PixelType.UInt16:
                ((ushort*)row)[x] = (ushort)value;
                break;
            default:
                ((float*)row)[x] = (float)value;
                break;
        }
    }
}
