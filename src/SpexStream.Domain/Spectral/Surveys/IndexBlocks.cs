namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>
/// The histogram of an index over those blocks that show two kinds of ground, each class of each block with weight 1:
/// Otsu's cut of it is the scene's threshold. After the family of tile-based Otsu thresholds (Otsu 1979; Martinis 2009;
/// Cao 2019; Markert 2020). Weights are integers in 2^-32, so sums do not depend on the order of blocks or tiles.
/// </summary>
internal sealed class IndexBlocks(BlockCriteria criteria)
{
    /// <summary>Pixels along the edge of a block; tiles hold whole blocks.</summary>
    public const int Edge = 32;

    /// <summary>Bins over -1..1.</summary>
    public const int Bins = 128;

    /// <summary>Fewer blocks than this may be chance.</summary>
    public const int LeastBlocks = 3;

    private const int LeastPixels = Edge * Edge / 2;
    private const double LeastShare = 0.1;
    private const double LeastSeparability = 0.75;
    private const double LeastDistance = 0.25;
    private const int IndexUnits = 10000;
    private const long One = 1L << 32;
    private readonly long[] _sum = new long[Bins];
    private Bin[] _open = [];
    private readonly long[] _blocks = new long[1];

    /// <summary>Starts a row of blocks.</summary>
    public void Begin(int width)
    {
        var size = (width + Edge - 1) / Edge * Bins;
        if (_open.Length != size)
        {
            _open = new Bin[size];
        }

        Array.Clear(_open);
    }

    /// <summary>Counts one pixel of the open row of blocks.</summary>
    public void Add(int column, short index, ushort brightness, short ndvi)
    {
        ref var bin = ref _open[(column / Edge * Bins) + BinOf(index)];
        bin.Count++;
        bin.Brightness += brightness;
        bin.Ndvi += ndvi;
    }

    /// <summary>Closes the row of blocks: those that fulfil the criteria join the sum.</summary>
    public void End()
    {
        Span<long> counts = stackalloc long[Bins];
        for (var start = 0; start < _open.Length; start += Bins)
        {
            var block = _open.AsSpan(start, Bins);
            for (var bin = 0; bin < Bins; bin++)
            {
                counts[bin] = block[bin].Count;
            }

            if (OtsuCut.Of(counts) is { } cut && Counts(block, cut))
            {
                _blocks[0]++;
                for (var bin = 0; bin < Bins; bin++)
                {
                    _sum[bin] += counts[bin] * One / (bin <= cut.Lower ? cut.LowerCount : cut.UpperCount);
                }
            }
        }
    }

    /// <summary>The sum and the number of its blocks.</summary>
    public Memory<long>[] Sums => [_sum, _blocks];

    public void Merge(IndexBlocks other)
    {
        Counting.Add(_sum, other._sum);
        _blocks[0] += other._blocks[0];
    }

    /// <summary>The threshold, an edge between bins; null when too few blocks show two kinds of ground.</summary>
    public double? Threshold() =>
        _blocks[0] >= LeastBlocks && OtsuCut.Of(_sum) is { } cut ? EdgeAbove(cut.Lower) : null;

    /// <summary>The bin of an index times 10000.</summary>
    public static int BinOf(short index) =>
        (int)Math.Min((uint)(index + IndexUnits) * Bins / (2 * IndexUnits), Bins - 1);

    /// <summary>Upper edge of a bin.</summary>
    public static double EdgeAbove(int bin) => ((bin + 1) * 2.0 / Bins) - 1;

    private bool Counts(ReadOnlySpan<Bin> block, in OtsuCut cut)
    {
        var pixels = cut.LowerCount + cut.UpperCount;
        if (pixels < LeastPixels || Math.Min(cut.LowerCount, cut.UpperCount) < LeastShare * pixels
            || cut.Separability < LeastSeparability || Distance(cut) < LeastDistance)
        {
            return false;
        }

        var (lowerBrightness, upperBrightness, upperNdvi) = (0L, 0L, 0L);
        for (var bin = 0; bin < Bins; bin++)
        {
            if (bin <= cut.Lower)
            {
                lowerBrightness += block[bin].Brightness;
            }
            else
            {
                upperBrightness += block[bin].Brightness;
                upperNdvi += block[bin].Ndvi;
            }
        }

        var darker = (double)upperBrightness / cut.UpperCount
            < criteria.BrightnessRatio * lowerBrightness / cut.LowerCount;
        return darker
            && Centre(cut.UpperMean) > criteria.LeastUpperMean
            && (double)upperNdvi / cut.UpperCount / IndexUnits < criteria.MostUpperNdvi;
    }

    private static double Distance(in OtsuCut cut) => (cut.UpperMean - cut.LowerMean) * 2 / Bins;

    private static double Centre(double bin) => ((bin + 0.5) * 2 / Bins) - 1;

    private struct Bin
    {
        public long Brightness;
        public int Count;
        public int Ndvi;
    }
}
