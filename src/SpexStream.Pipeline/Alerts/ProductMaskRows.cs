using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Pipeline.Alerts;

/// <summary>A class as the mask of a product says it: partial water is not the class. The file is opened when a row is
/// wanted. One thread at a time.</summary>
/// <param name="store">Opens it.</param>
/// <param name="path">The mask.</param>
/// <param name="width">Columns of the scene.</param>
/// <param name="height">Rows of the scene.</param>
/// <param name="mostRuns">Most runs of a band that it is read into.</param>
internal sealed class ProductMaskRows(
    IRasterStore store, string path, int width, int height, int mostRuns = int.MaxValue)
    : IClassRows, IDisposable
{
    private IRasterReader? _reader;
    private MaskFileRows? _rows;

    public int Width => width;

    public int Height => height;

    /// <exception cref="RasterException">The mask cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not the scene's, or has too many runs.</exception>
    public void Read(int row, RunBand band)
    {
        (_rows ??= Open()).Read(row, band);
        if (band.RunCount > mostRuns)
        {
            throw new InvalidDataException($"{path} has more than {mostRuns} pieces of rows");
        }
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _reader?.Dispose();
    }

    private MaskFileRows Open()
    {
        _reader ??= store.Open(path);
        return (_reader.Info.Width, _reader.Info.Height) == (width, height) ? new(_reader, GroundState.No)
            : throw new InvalidDataException(
                $"{path} has {_reader.Info.Width} x {_reader.Info.Height} pixels, not {width} x {height}");
    }
}
