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

    /// <summary>Marks the pixels of a run: 1 for nodata, 0 else. Returns whether there is any.</summary>
    /// <param name="planes">The tile.</param>
    /// <param name="row">Row of the tile's window.</param>
    /// <param name="column">First column of the run in the tile's window.</param>
    /// <param name="marks">As long as the run.</param>
    public bool Mark(PixelPlanes planes, int row, int column, Span<byte> marks)
    {
        marks.Clear();
        if (_values.IsEmpty || !FirstBandHas(planes, row, column, marks.Length))
        {
            return false;
        }

        var any = false;
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = (byte)(Is(planes, row, column + i) ? 1 : 0);
            any |= marks[i] != 0;
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

    // Most rows have none; this is found out many samples at a time.
    private bool FirstBandHas(PixelPlanes planes, int row, int column, int length) => _type switch
    {
        PixelType.UInt8 => planes.RowSpan<byte>(0, row).Slice(column, length).Contains((byte)_values[0]),
        PixelType.Int16 => planes.RowSpan<short>(0, row).Slice(column, length).Contains((short)_values[0]),
        PixelType.UInt16 => planes.RowSpan<ushort>(0, row).Slice(column, length).Contains((ushort)_values[0]),
        // Zeros of both signs, and NaN of any bits, count: no search for one pattern of bits finds them.
        _ => true,
    };

    private static bool CanBe(PixelType type, double value) => type switch
    {
        PixelType.UInt8 => value == Math.Floor(value) && value is >= byte.MinValue and <= byte.MaxValue,
        PixelType.Int16 => value == Math.Floor(value) && value is >= short.MinValue and <= short.MaxValue,
        PixelType.UInt16 => value == Math.Floor(value) && value is >= ushort.MinValue and <= ushort.MaxValue,
        _ => true,
    };
}
