using System.Collections.Immutable;
using System.Numerics.Tensors;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// Writes windows of a scene as a model takes them: its bands in its order, scaled and normalised, mirrored beyond
/// the last
/// measured row and column, 0 (after normalisation) where nothing was measured. One scene; any thread.
/// </summary>
internal sealed unsafe class PixelFeed
{
    private readonly PixelType _type;
    private readonly ElementType _element;
    private readonly ImmutableArray<BandFeed> _bands;

    /// <summary>Prepares the bands.</summary>
    /// <exception cref="ArgumentException">The scene lacks bands, or a calibration that the model counts
    /// on.</exception>
    public PixelFeed(SceneImagery imagery, PackInput input)
    {
        var lacking = input.Bands.Where(name => !imagery.Bands.Has(BandSet.RoleOf(name))).ToArray();
        if (lacking.Length > 0)
        {
            // Without the parameter's name: these words are shown to whoever sent the raster.
            throw new ArgumentException(
                $"the model takes {string.Join(',', input.Bands)}, and the bands {imagery.Bands} lack {string.Join(", ", lacking)}");
        }

        if (input.TakesReflectance && imagery.Radiometry.Level == RadiometryLevel.Uncalibrated)
        {
            throw new ArgumentException(
                "the model takes reflectance, and no scale is given that makes it of the counts");
        }

        (_type, _element) = (imagery.Type, input.Type);
        Nodata = new NodataRule(imagery);
        _bands = [.. input.Bands.Zip(input.Scaling, (name, scaling) => Band(imagery, input, name, scaling))];
    }

    /// <summary>Which pixels were not measured.</summary>
    public NodataRule Nodata { get; }

    /// <summary>Writes one window.</summary>
    /// <param name="planes">The tile that it is cut from.</param>
    /// <param name="column">First column of the window in scene pixels.</param>
    /// <param name="row">First row of the window in scene pixels.</param>
    /// <param name="edge">Rows and columns of the window.</param>
    /// <param name="target">Bands x rows x columns of the model's element type.</param>
    /// <param name="scratch">Room for 2 x edge numbers.</param>
    public void Write(PixelPlanes planes, int column, int row, int edge, byte* target, float* scratch)
    {
        var (covered, window) = (planes.Covered, planes.Window);
        var inner = new PixelWindow(column, row, edge, edge).Intersect(covered);
        var marks = (byte*)(scratch + edge);
        for (var y = 0; y < edge; y++)
        {
            var source = Mirror.At(row + y, covered.Row, covered.Bottom) - window.Row;
            var isMarked = Nodata.Mark(
                planes, source, inner.Column - window.Column, new Span<byte>(marks, inner.Width));
            for (var band = 0; band < _bands.Length; band++)
            {
                var place = (((long)band * edge) + y) * edge;
                var numbers = _element == ElementType.Float32 ? (float*)target + place : scratch;
                WriteRow(planes, _bands[band], source, column, inner, edge, numbers);
                if (isMarked)
                {
                    Blank(numbers + inner.Column - column, marks, inner.Width);
                }

                if (_element == ElementType.Float16)
                {
                    TensorPrimitives.ConvertToHalf(
                        new ReadOnlySpan<float>(numbers, edge), new Span<Half>((Half*)target + place, edge));
                }
            }
        }
    }

    private void WriteRow(
        PixelPlanes planes, BandFeed band, int source, int column, PixelWindow inner, int edge, float* target)
    {
        var samples = (byte*)planes.Row(band.Plane, source);
        var first = inner.Column - planes.Window.Column;
        SampleRows.Convert(
            _type, samples + ((long)first * _type.ByteSize()), target + inner.Column - column, inner.Width, band);
        for (var x = 0; x < edge; x++)
        {
            if (x == inner.Column - column)
            {
                x += inner.Width;
                if (x == edge)
                {
                    break;
                }
            }

            var place = Mirror.At(column + x, planes.Covered.Column, planes.Covered.Right) - planes.Window.Column;
            target[x] = Nodata.Is(planes, source, place) ? 0 : band.Of(SampleRows.One(_type, samples, place));
        }
    }

    private static void Blank(float* numbers, byte* marks, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (marks[i] != 0)
            {
                numbers[i] = 0;
            }
        }
    }

    private static BandFeed Band(SceneImagery imagery, PackInput input, string name, BandScaling scaling)
    {
        var plane = imagery.Bands.IndexOf(BandSet.RoleOf(name));
        return input.TakesReflectance
            ? BandFeed.Of(plane, imagery.Radiometry.Scale[plane], imagery.Radiometry.Offset[plane], scaling)
            : BandFeed.Of(plane, 1, 0, scaling);
    }
}
