using SpexStream.Domain.Alerts.Cover;

namespace SpexStream.Benchmarks;

/// <summary>Meandering water with cloud: about one run every 50 pixels, each row for itself.</summary>
internal sealed class WavyRows(int width, int height, int seed = 0) : IClassRows
{
    public int Width => width;

    public int Height => height;

    public void Read(int row, RunBand band)
    {
        var random = (uint)((row + (seed * 7919)) * 2654435761L);
        for (var (column, i) = (0, 0); column < width; i++)
        {
            random = (random * 1664525) + 1013904223;
            column = Math.Min(width, column + 20 + (int)(random >> 26));
            band.Add(column, (i % 7) == 6 ? GroundState.Unseen : (GroundState)(i & 1));
        }
    }
}
