using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// The first band of a mask file by the codes of our own masks: 1 is the class, 0 is not; all else, and what the file
/// calls nodata, is not known.
/// </summary>
/// <param name="reader">The file; stays the caller's.</param>
/// <param name="partial">What 2 (partial water) counts as: in a mask of what is usual some of it is there.</param>
internal sealed class MaskFileRows(IRasterReader reader, GroundState partial) : IClassRows, IDisposable
{
    private const int BandRows = 256;
    private readonly double? _nodata = reader.Info.Bands[0].Nodata;
    private PixelPlanes? _planes;

    public int Width => reader.Info.Width;

    public int Height => reader.Info.Height;

    public void Read(int row, RunBand band)
    {
        var planes = Planes(row);
        var samples = planes.RowSpan<byte>(0, row - planes.Window.Row);
        for (var start = 0; start < samples.Length;)
        {
            var code = samples[start];
            var rest = samples[start..].IndexOfAnyExcept(code);
            start = rest < 0 ? samples.Length : start + rest;
            band.Add(start, StateOf(code));
        }
    }

    public void Dispose() => _planes?.Dispose();

    private GroundState StateOf(byte code) => code == _nodata ? GroundState.Unseen : code switch
    {
        (byte)MaskCode.No => GroundState.No,
        (byte)MaskCode.Yes => GroundState.Yes,
        (byte)MaskCode.Partial => partial,
        _ => GroundState.Unseen,
    };

    private PixelPlanes Planes(int row)
    {
        if (_planes is { } held && row >= held.Window.Row && row < held.Window.Row + held.Window.Height)
        {
            return held;
        }

        _planes?.Dispose();
        _planes = null;
        var first = row / BandRows * BandRows;
        var window = new PixelWindow(0, first, Width, Math.Min(BandRows, Height - first));
        var planes = new PixelPlanes(window, window, 1, PixelType.UInt8);
        _planes = planes;
        reader.Read(window, [0], planes, 0, 0);
        return planes;
    }
}
