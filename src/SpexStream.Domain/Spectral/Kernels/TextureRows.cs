using System.Runtime.Intrinsics;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// Where the brightness (B + G + R) / 3 varies by more than 12 % (standard deviation over mean) in 5 x 5 pixels; pixels
/// without data do not count. Sums run from left to right, then from top to bottom, so that a pixel's answer does not
/// depend on the tile it lies in. For the rows of one tile in order.
/// </summary>
internal sealed unsafe class TextureRows<TSample> : IDisposable
    where TSample : struct, ISample
{
    /// <summary>Pixels that a window reaches beyond its centre.</summary>
    public const int Reach = 2;

    private const int Rows = (2 * Reach) + 1;
    private const float LeastVariation = 0.12f * 0.12f;
    private readonly PixelPlanes _pixels;
    private readonly BandPlaces _places;
    private readonly float[] _nodata;
    private readonly KernelSettings _settings;
    private readonly int _width;
    private readonly int _room;
    private readonly byte* _preset;
    private readonly float* _values;
    private readonly float* _counts;
    private readonly float* _ring;
    private readonly Scratch _scratch;
    private int _next = -Reach;

    public TextureRows(PixelPlanes pixels, BandPlaces places, float[] nodata, KernelSettings settings)
    {
        (_pixels, _places, _nodata, _settings) = (pixels, places, nodata, settings);
        _width = pixels.Core.Width;
        _room = (_width + (2 * Scratch.Padding)) / 64 * 64;
        _scratch = new Scratch((_room * 4 * (3 + (3 * Rows))) + 256);
        _preset = _scratch.Take<byte>(_room);
        _values = _scratch.Take<float>(_room);
        _counts = _scratch.Take<float>(_room);
        _ring = _scratch.Take<float>(_room * 3 * Rows);
    }

    /// <summary>Sets bytes to non-zero where a core row is textured. Rows come one after the other from 0.</summary>
    public void Fill(int row, byte* target)
    {
        for (; _next <= row + Reach; _next++)
        {
            SumAcross(_next);
        }

        for (nint i = 0; i < _width; i += Lanes.Count)
        {
            var (sum, squares, count) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (var dy = -Reach; dy <= Reach; dy++)
            {
                var line = Line(row + dy) + i;
                sum += Vector512.Load(line);
                squares += Vector512.Load(line + _room);
                count += Vector512.Load(line + (2 * _room));
            }

            var square = sum * sum;
            var textured = Vector512.GreaterThan(
                (count * squares) - square, Vector512.Create(LeastVariation) * square);
            Lanes.StoreBytes(Lanes.Bit(textured, 1), target + i);
        }
    }

    public void Dispose() => _scratch.Dispose();

    private float* Line(int row) => _ring + ((nint)((row + Rows) % Rows) * 3 * _room);

    private void SumAcross(int coreRow)
    {
        var row = coreRow + _pixels.Core.Row - _pixels.Window.Row;
        var column = _pixels.Core.Column - _pixels.Window.Column - Reach;
        var width = _width + (2 * Reach);
        PresetRow<TSample>.Fill(_pixels, _nodata, row, column, width, _preset);
        var blue = _pixels.Row(_places.Blue, row);
        var green = _pixels.Row(_places.Green, row);
        var red = _pixels.Row(_places.Red, row);
        for (nint i = 0; i < width; i += Lanes.Count)
        {
            var value = Pixels16.Linear(TSample.Load(blue, column + i), _settings.BlueGain, _settings.BlueBias)
                + Pixels16.Linear(TSample.Load(green, column + i), _settings.GreenGain, _settings.GreenBias)
                + Pixels16.Linear(TSample.Load(red, column + i), _settings.RedGain, _settings.RedBias);
            var measured = Vector512.Equals(Lanes.LoadBytes(_preset + i), Vector512<int>.Zero).AsSingle();
            (value & measured).Store(_values + i);
            (Vector512<float>.One & measured).Store(_counts + i);
        }

        var line = Line(coreRow);
        for (nint i = 0; i < _width; i += Lanes.Count)
        {
            var (sum, squares, count) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (var dx = 0; dx < Rows; dx++)
            {
                var value = Vector512.Load(_values + i + dx);
                sum += value;
                squares += value * value;
                count += Vector512.Load(_counts + i + dx);
            }

            sum.Store(line + i);
            squares.Store(line + i + _room);
            count.Store(line + i + (2 * _room));
        }
    }
}
