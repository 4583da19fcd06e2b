namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// One class of a scene as it was published, row by row: the mask of tiles at hand, or of an earlier product. One
/// thread at a time.
/// </summary>
public interface IClassRows
{
    /// <summary>Columns.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Appends all runs of a row to a band, from the left to the right edge. Rows are best read in
    /// order.</summary>
    void Read(int row, RunBand band);
}
