namespace SpexStream.Domain.Spectral;

/// <summary>
/// Finds where dark land is to be taken for cloud shadow: within reach of a cloud. Where the sun stands is often not
/// known, so every direction counts. Clouds are kept as a coarse grid of cells anchored to the scene, so the answer
/// depends neither on tiles nor on the order in which they come. Fill it from one thread, merge, then conclude.
/// </summary>
public sealed class CloudShadowRule
{
    /// <summary>How far a shadow may fall, in metres: a cloud top at 2.5 km under a sun at 45 degrees.</summary>
    public const double ReachMetres = 2500;

    private const int UnknownReachPixels = 128;
    private const int MostCellPixels = 16;
    private const int CellsInReach = 8;
    private readonly bool[] _clouds;

    /// <summary>An empty grid for a scene.</summary>
    /// <param name="width">Scene width in pixels.</param>
    /// <param name="height">Scene height in pixels.</param>
    /// <param name="pixelSizeMetres">Edge of a pixel on the ground; where it is not a positive number, 128 pixels are
    /// taken as reach.</param>
    public CloudShadowRule(int width, int height, double pixelSizeMetres)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height) = (width, height);
        ReachPixels = pixelSizeMetres > 0 && double.IsFinite(pixelSizeMetres)
            ? (int)Math.Clamp(Math.Ceiling(ReachMetres / pixelSizeMetres), 1, Math.Max(width, height))
            : UnknownReachPixels;
        CellPixels = 1;
        while (CellPixels < MostCellPixels && CellPixels * 2 * CellsInReach <= ReachPixels)
        {
            CellPixels *= 2;
        }

        (Columns, Rows) = ((width + CellPixels - 1) / CellPixels, (height + CellPixels - 1) / CellPixels);
        _clouds = new bool[Columns * Rows];
    }

    /// <summary>Scene width in pixels.</summary>
    public int Width { get; }

    /// <summary>Scene height in pixels.</summary>
    public int Height { get; }

    /// <summary>Pixels from a cloud within which dark land is shadow; good to one cell.</summary>
    public int ReachPixels { get; }

    /// <summary>Edge of a cell in pixels: a power of two, at most 16.</summary>
    public int CellPixels { get; }

    private int Columns { get; }

    private int Rows { get; }

    /// <summary>Marks a run of cloud pixels in a scene row; a repeat changes nothing.</summary>
    public void AddCloud(int row, int column, int length)
    {
        if (length > 0)
        {
            var (first, last) = (column / CellPixels, (column + length - 1) / CellPixels);
            _clouds.AsSpan((row / CellPixels * Columns) + first, last - first + 1).Fill(true);
        }
    }

    /// <summary>Marks the clouds of another grid of the same scene.</summary>
    /// <exception cref="ArgumentException">The other grid is of another scene.</exception>
    public void Merge(CloudShadowRule other)
    {
        if ((other.Width, other.Height, other.CellPixels) != (Width, Height, CellPixels))
        {
            throw new ArgumentException("Grids of different scenes cannot be merged.", nameof(other));
        }

        for (var cell = 0; cell < _clouds.Length; cell++)
        {
            _clouds[cell] |= other._clouds[cell];
        }
    }

    /// <summary>The part of the scene in which dark land is shadow.</summary>
    public CloudReach Conclude()
    {
        var reach = (ReachPixels + CellPixels - 1) / CellPixels;
        var near = new bool[_clouds.Length];
        for (var row = 0; row < Rows; row++)
        {
            var line = _clouds.AsSpan(row * Columns, Columns);
            for (var first = line.IndexOf(true); first >= 0;)
            {
                var length = line[first..].IndexOf(false) is var end and >= 0 ? end : Columns - first;
                Spread(near, row, first, first + length, reach);
                var next = line[(first + length)..].IndexOf(true);
                first = next < 0 ? -1 : first + length + next;
            }
        }

        return new(near, Columns, CellPixels);
    }

    private void Spread(bool[] near, int row, int first, int end, int reach)
    {
        for (var dy = -reach; dy <= reach; dy++)
        {
            if (row + dy < 0 || row + dy >= Rows)
            {
                continue;
            }

            var across = (int)Math.Sqrt(((double)reach * reach) - ((double)dy * dy));
            var (from, to) = (Math.Max(first - across, 0), Math.Min(end + across, Columns));
            near.AsSpan(((row + dy) * Columns) + from, to - from).Fill(true);
        }
    }
}
