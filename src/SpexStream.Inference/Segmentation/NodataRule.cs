using System.Collections.Immutable;
using SpexStream.Domain.Imagery;

namespace SpexStream.Inference.Segmentation;

/// <summary>Tells pixels that were not measured: every band equals its nodata value, NaN being equal to NaN.</summary>
internal sealed unsafe class NodataRule
{
    private readonly PixelType _type;
    private readonly ImmutableArray<float> _values;

    public NodataRule(SceneImagery imagery)
    {
        _type = imagery.Type;
        // A value that no sample can have makes no pixel nodata.
        _values = imagery.HasNodata && imagery.Nodata.All(value => CanBe(imagery.Type, value!.Value))
            ? [.. imagery.Nodata.Select(value => (float)value!.Value)]
            : [];
    }

    /// <summary>Marks the pixels of a run: 1 for nodata, 0 else. Returns whether there is any; if not, the marks are
    /// left as they are.</summary>
    /// <param name="planes">The tile.</param>
    /// <param name="row">Row of the tile's window.</param>
    /// <param name="column">First column of the run in the tile's window.</param>
    /// <param name="marks">As long as the run.</param>
    public bool Mark(PixelPlanes planes, int row, int column, Span<byte> marks)
    {
        var any = false;
        for (var at = Next(planes, row, column, marks.Length, 0); at >= 0;
            at = Next(planes, row, column, marks.Length, at + 1))
        {
            if (!Is(planes, row, column + at))
            {
                continue;
            }

            if (!any)
            {
                marks.Clear();
                any = true;
            }

            marks[at] = 1;
        }

        return any;
    }

    /// <summary>Whether one pixel is nodata.</summary>
    public bool Is(PixelPlanes planes, int row, int column)
    {
        for (var band = 0; band < _values.Length; band++)
        {
            // Equals, not ==: NaN is equal to NaN.
            if (!SampleRows.One(_type, planes.Row(band, row), column).Equals(_values[band]))
            {
                return false;
            }
        }

        return _values.Length > 0;
    }

    // The next pixel of a run, from one on, that is nodata if its other bands are; -1 behind the last. Most runs have
    // none, and that is found out many samples at a time.
    private int Next(PixelPlanes planes, int row, int column, int length, int from)
    {
        if (_values.IsEmpty || from >= length)
        {
            return -1;
        }

        var (first, left) = (column + from, length - from);
        var next = _type switch
        {
            PixelType.UInt8 => planes.RowSpan<byte>(0, row).Slice(first, left).IndexOf((byte)_values[0]),
            PixelType.Int16 => planes.RowSpan<short>(0, row).Slice(first, left).IndexOf((short)_values[0]),
            PixelType.UInt16 => planes.RowSpan<ushort>(0, row).Slice(first, left).IndexOf((ushort)_values[0]),
            // Zeros of both signs, and NaN of any bits, count: no search for one pattern of bits finds them.
            _ => 0,
        };
        return next < 0 ? -1 : from + next;
    }

    private static bool CanBe(PixelType type, double value) => type switch
    {
        PixelType.UInt8 => value == Math.Floor(value) && value is >= byte.MinValue and <= byte.MaxValue,
        PixelType.Int16 => value == Math.Floor(value) && value is >= short.MinValue and <= short.MaxValue,
        PixelType.UInt16 => value == Math.Floor(value) && value is >= ushort.MinValue and <= ushort.MaxValue,
        _ => true,
    };
}
