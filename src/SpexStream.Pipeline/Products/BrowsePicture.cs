using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>The browse picture: the scene's colours, stretched, with the masks drawn over half transparent.</summary>
internal sealed class BrowsePicture
{
    private const double LowShare = 0.02;
    private const double HighShare = 0.98;
    private static readonly (byte Bit, byte R, byte G, byte B)[] Overlays =
    [
        (CoverCode.Vegetation, 60, 200, 60),
        (CoverCode.Buildings, 235, 80, 40),
        (CoverCode.PartialWater, 90, 170, 255),
        (CoverCode.Water, 20, 90, 255),
    ];

    private readonly float[] _samples;
    private readonly byte[] _codes;

    private BrowsePicture(int width, int height)
    {
        (Width, Height) = (width, height);
        _samples = new float[width * height * 3];
        _codes = new byte[width * height];
        Array.Fill(_codes, CoverCode.Nodata);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The picture of a scene.</summary>
    public static BrowsePicture Of(AssemblyTask task, ITileResults tiles)
    {
        var step = task.Workshop.Browse.Step;
        var picture = new BrowsePicture((task.Grid.Width + step - 1) / step, (task.Grid.Height + step - 1) / step);
        foreach (var tile in task.Grid.All())
        {
            if (task.Tiles.Browse(tile) is { } samples)
            {
                picture.Put(samples, tiles.Read(tile), step);
            }
        }

        return picture;
    }

    /// <summary>Red, green, blue, row by row.</summary>
    public byte[] Render()
    {
        var stretches = Enumerable.Range(0, 3).Select(Stretch).ToArray();
        var rgb = new byte[_samples.Length];
        for (var i = 0; i < _codes.Length; i++)
        {
            if (_codes[i] == CoverCode.Nodata)
            {
                continue;
            }

            for (var channel = 0; channel < 3; channel++)
            {
                var (low, high) = stretches[channel];
                var value = (_samples[(i * 3) + channel] - low) / Math.Max(high - low, float.Epsilon);
                rgb[(i * 3) + channel] = (byte)(255 * Math.Sqrt(Math.Clamp(value, 0, 1)));
            }

            Overlay(_codes[i], rgb.AsSpan(i * 3, 3));
        }

        return rgb;
    }

    private static void Overlay(byte code, Span<byte> pixel)
    {
        if (code >= CoverCode.FirstReason)
        {
            return;
        }

        foreach (var (bit, r, g, b) in Overlays)
        {
            if ((code & bit) != 0)
            {
                // Vegetation covers most of many scenes; drawn as thinly as that, the land stays visible.
                var share = bit == CoverCode.Vegetation ? 0.25 : 0.55;
                pixel[0] = (byte)((pixel[0] * (1 - share)) + (r * share));
                pixel[1] = (byte)((pixel[1] * (1 - share)) + (g * share));
                pixel[2] = (byte)((pixel[2] * (1 - share)) + (b * share));
            }
        }
    }

    private void Put(BrowseSamples samples, TileResult result, int step)
    {
        var line = new byte[result.Core.Width];
        var table = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
        for (var y = 0; y < samples.Height; y++)
        {
            var row = ((samples.Row + y) * step) - result.Core.Row;
            result.Runs.Fill(new PixelWindow(0, row, result.Core.Width, 1), table, line, line.Length);
            var target = ((samples.Row + y) * Width) + samples.Column;
            samples.Rgb.AsSpan(y * samples.Width * 3, samples.Width * 3).CopyTo(_samples.AsSpan(target * 3));
            for (var x = 0; x < samples.Width; x++)
            {
                _codes[target + x] = line[((samples.Column + x) * step) - result.Core.Column];
            }
        }
    }

    private (float Low, float High) Stretch(int channel)
    {
        var values = new List<float>(_codes.Length);
        for (var i = 0; i < _codes.Length; i++)
        {
            // Clouds would take the whole range for themselves.
            if (_codes[i] < CoverCode.FirstReason)
            {
                values.Add(_samples[(i * 3) + channel]);
            }
        }

        if (values.Count == 0)
        {
            return (0, 1);
        }

        values.Sort();
        return (values[(int)(LowShare * (values.Count - 1))], values[(int)(HighShare * (values.Count - 1))]);
    }
}
