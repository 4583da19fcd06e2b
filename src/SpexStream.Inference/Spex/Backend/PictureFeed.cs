using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Inference.Segmentation;
using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>
/// Makes the picture of a tile as the vision graph takes it: the pack's bands, scaled to 0..1, normalised, resized.
/// What was not measured, and what of the picture lies beyond the tile, has the mean colour. One scene; any thread.
/// </summary>
internal sealed unsafe class PictureFeed
{
    private readonly PixelType _type;
    private readonly ImmutableArray<Channel> _channels;
    private readonly int _side;

    /// <summary>Prepares the bands.</summary>
    /// <exception cref="ArgumentException">The scene lacks bands, or a scale to reflectance.</exception>
    public PictureFeed(SceneImagery imagery, SpexInput input)
    {
        var lacking = input.Bands.Where(name => !imagery.Bands.Has(BandSet.RoleOf(name))).ToArray();
        if (lacking.Length > 0)
        {
            // Without the parameter's name: these words are shown to whoever sent the raster.
            throw new ArgumentException(
                $"the model takes {string.Join(',', input.Bands)}, and the bands {imagery.Bands} lack "
                + string.Join(", ", lacking));
        }

        if (imagery.Type != PixelType.UInt8 && imagery.Radiometry.Level == RadiometryLevel.Uncalibrated)
        {
            throw new ArgumentException(
                "the model takes reflectance or samples of 8 bits, and no scale is given that makes reflectance of the "
                + "counts");
        }

        (_type, _side, Nodata) = (imagery.Type, input.SizePixels, new NodataRule(imagery));
        _channels = [.. input.Bands.Select((name, index) => Channel.Of(imagery, input, name, index))];
    }

    /// <summary>Which pixels were not measured.</summary>
    public NodataRule Nodata { get; }

    /// <summary>Makes a picture.</summary>
    /// <param name="planes">The tile.</param>
    /// <param name="edge">Rows and columns that the picture shows, from the first pixel of the tile's core.</param>
    /// <param name="target">Receives [bands, side, side].</param>
    /// <param name="resampler">Scratch of the caller's thread.</param>
    public void Write(PixelPlanes planes, int edge, Span<float> target, PictureResampler resampler)
    {
        var core = planes.Core;
        var (top, left) = (core.Row - planes.Window.Row, core.Column - planes.Window.Column);
        for (var index = 0; index < _channels.Length; index++)
        {
            var square = resampler.Square(edge);
            square.Clear();
            for (var y = 0; y < core.Height; y++)
            {
                var samples = planes.Row(_channels[index].Plane, top + y);
                var row = square.Slice(y * edge, core.Width);
                for (var x = 0; x < row.Length; x++)
                {
                    row[x] = Nodata.Is(planes, top + y, left + x)
                        ? 0 : _channels[index].Of(SampleRows.One(_type, samples, left + x));
                }
            }

            resampler.Resize(edge, _side, target.Slice(index * _side * _side, _side * _side));
        }
    }

    private readonly record struct Channel(
        int Plane, float Gain, float Bias, bool IsBrightened, float Mean, float Deviation)
    {
        // As pictures of training sets are made (docs/spie.md): samples of 8 bits as they are, others brightened by a
        // square root.
        public static Channel Of(SceneImagery imagery, SpexInput input, string name, int index)
        {
            var plane = imagery.Bands.IndexOf(BandSet.RoleOf(name));
            var (isBytes, radiometry) = (imagery.Type == PixelType.UInt8, imagery.Radiometry);
            return new(
                plane,
                isBytes ? 1f / byte.MaxValue : (float)(radiometry.Scale[plane] / input.WhiteReflectance),
                isBytes ? 0 : (float)(radiometry.Offset[plane] / input.WhiteReflectance),
                !isBytes,
                input.Mean[index],
                input.Deviation[index]);
        }

        public float Of(float sample)
        {
            var share = Math.Clamp((sample * Gain) + Bias, 0, 1);
            var value = ((IsBrightened ? MathF.Sqrt(share) : share) - Mean) / Deviation;
            return float.IsNaN(value) ? 0 : value;
        }
    }
}
