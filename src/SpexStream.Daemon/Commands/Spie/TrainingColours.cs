using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>
/// The three channels of a scene's pictures, 8 bits each. Samples of 8 bits stay as they are; others are stretched
/// from the 2nd to the 98th percentile of the whole scene, so that neighbouring pictures fit, and brightened by a
/// square root, because clouds take most of that range.
/// </summary>
internal sealed class TrainingColours
{
    private const double LowShare = 0.02;
    private const double HighShare = 0.98;
    private const double MostSamples = 1e6;

    private static readonly BandRole[] TrueColours = [BandRole.Red, BandRole.Green, BandRole.Blue];
    // From the longest wave to the shortest, as in true colours.
    private static readonly BandRole[] ByWavelength =
        [BandRole.Swir22, BandRole.Swir16, BandRole.Nir, BandRole.Red, BandRole.Green, BandRole.Blue, BandRole.Coastal];

    private readonly IRasterReader _reader;
    private readonly ImmutableArray<int> _fileBands;
    private readonly double?[] _nodata;
    private readonly bool _isStretched;
    private readonly (float Low, float High)[] _ranges;

    public TrainingColours(IRasterReader reader, StripDelivery scene)
    {
        var imagery = scene.Scene.Imagery;
        _reader = reader;
        var roles = Channels(imagery.Bands);
        Names = [.. roles.Select(BandSet.NameOf)];
        _fileBands = [.. roles.Select(role => scene.FileBands[imagery.Bands.IndexOf(role)])];
        _nodata = [.. roles.Select(role => imagery.HasNodata ? imagery.Nodata[imagery.Bands.IndexOf(role)] : null)];
        _isStretched = imagery.Type != PixelType.UInt8;
        _ranges = _isStretched ? Ranges() : [(0, 255), (0, 255), (0, 255)];
    }

    /// <summary>The bands shown as red, green and blue.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Red, green, blue of a window, row by row; black behind the scene's edge and where nothing was
    /// measured.</summary>
    public byte[] Read(SpieWindow window)
    {
        var part = window.Pixels.Intersect(_reader.Info.Bounds);
        using var planes = new PixelPlanes(part, part, 3, PixelType.Float32);
        _reader.Read(part, _fileBands, planes, 0, 0);
        var rgb = new byte[SpieWindow.Size * SpieWindow.Size * 3];
        for (var channel = 0; channel < 3; channel++)
        {
            var (low, high) = _ranges[channel];
            var scale = 1 / Math.Max(high - low, float.Epsilon);
            for (var row = 0; row < part.Height; row++)
            {
                var values = planes.RowSpan<float>(channel, row);
                var target = (row * SpieWindow.Size * 3) + channel;
                for (var column = 0; column < values.Length; column++, target += 3)
                {
                    var share = Math.Clamp((values[column] - low) * scale, 0, 1);
                    // NaN becomes 0.
                    rgb[target] = (byte)((255 * (_isStretched ? MathF.Sqrt(share) : share)) + 0.5f);
                }
            }
        }

        return rgb;
    }

    private static ImmutableArray<BandRole> Channels(BandSet bands)
    {
        if (TrueColours.All(bands.Has))
        {
            return [.. TrueColours];
        }

        var found = ByWavelength.Where(bands.Has).ToArray();
        // Two bands make no picture of three channels: the last one is shown twice.
        return [.. Enumerable.Range(0, 3).Select(i => found[Math.Min(i, found.Length - 1)])];
    }

    private (float Low, float High)[] Ranges()
    {
        var info = _reader.Info;
        var step = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)info.Width * info.Height / MostSamples)));
        var samples = Enumerable.Range(0, 3).Select(_ => new List<float>()).ToArray();
        for (var row = 0; row < info.Height; row += step)
        {
            var line = new PixelWindow(0, row, info.Width, 1);
            using var planes = new PixelPlanes(line, line, 3, PixelType.Float32);
            _reader.Read(line, _fileBands, planes, 0, 0);
            for (var column = 0; column < info.Width; column += step)
            {
                Span<float> pixel =
                [
                    planes.RowSpan<float>(0, 0)[column],
                    planes.RowSpan<float>(1, 0)[column],
                    planes.RowSpan<float>(2, 0)[column],
                ];
                if (!IsNodata(pixel))
                {
                    for (var channel = 0; channel < 3; channel++)
                    {
                        samples[channel].Add(pixel[channel]);
                    }
                }
            }
        }

        return [.. samples.Select(Range)];
    }

    private bool IsNodata(ReadOnlySpan<float> pixel)
    {
        var isNodata = true;
        for (var channel = 0; channel < 3; channel++)
        {
            isNodata &= float.IsNaN(pixel[channel])
                || (_nodata[channel] is { } value && pixel[channel] == (float)value);
        }

        return isNodata;
    }

    private static (float Low, float High) Range(List<float> samples)
    {
        if (samples.Count == 0)
        {
            return (0, 1);
        }

        samples.Sort();
        return (samples[(int)(LowShare * (samples.Count - 1))], samples[(int)(HighShare * (samples.Count - 1))]);
    }
}
