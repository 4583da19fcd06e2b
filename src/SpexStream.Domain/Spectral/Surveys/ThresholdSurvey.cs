using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>Looks for the thresholds of NDWI, MNDWI and NDVI in the blocks of the scene, and counts near infrared by
/// NDWI, so that its medians on both sides of any threshold are known without another pass.</summary>
internal sealed class ThresholdSurvey(
    TileEngine engine, KernelSettings settings, BandPlaces places, WordScales scales, WaterMethod method) : ISceneSurvey
{
    private const int NirBins = 1024;
    private readonly IndexBlocks _ndwi = new(BlockCriteria.WaterNdwi);
    private readonly IndexBlocks _mndwi = new(BlockCriteria.WaterMndwi);
    private readonly IndexBlocks _ndvi = new(BlockCriteria.VegetationNdvi);
    private readonly long[] _nir = new long[IndexBlocks.Bins * NirBins];

    public void Add(PixelPlanes pixels)
    {
        using var rows = new SurveyRows(engine, pixels, settings);
        var room = rows.Width + Scratch.Padding;
        var (red, nir, swir) = (new ushort[room], new ushort[room], new ushort[room]);
        for (var top = 0; top < rows.Height; top += IndexBlocks.Edge)
        {
            _ndwi.Begin(rows.Width);
            _mndwi.Begin(rows.Width);
            _ndvi.Begin(rows.Width);
            for (var row = top; row < Math.Min(top + IndexBlocks.Edge, rows.Height); row++)
            {
                rows.Read(row);
                rows.Quantise(places.Red, row, settings.RedGain, settings.RedBias, scales.Red, red);
                rows.Quantise(places.Nir, row, settings.NirGain, settings.NirBias, scales.Nir, nir);
                CountLand(rows, red);
                if (method == WaterMethod.VisibleCounts)
                {
                    CountNir(rows, nir);
                }

                if (method is WaterMethod.VisibleCounts or WaterMethod.SwirCounts)
                {
                    Count(rows.Codes, rows.Ndwi, nir, rows.Ndvi, _ndwi);
                }

                if (method == WaterMethod.SwirCounts)
                {
                    rows.Quantise(places.Swir16, row, settings.Swir16Gain, settings.Swir16Bias, scales.Swir16, swir);
                    Count(rows.Codes, rows.Mndwi, swir, rows.Ndvi, _mndwi);
                }
            }

            _ndwi.End();
            _mndwi.End();
            _ndvi.End();
        }
    }

    public IReadOnlyList<Memory<long>> Counts => [.. _ndwi.Sums, .. _mndwi.Sums, .. _ndvi.Sums, _nir];

    public void Merge(ISceneSurvey other)
    {
        var theirs = (ThresholdSurvey)other;
        _ndwi.Merge(theirs._ndwi);
        _mndwi.Merge(theirs._mndwi);
        _ndvi.Merge(theirs._ndvi);
        Counting.Add(_nir, theirs._nir);
    }

    public double? Ndwi() => _ndwi.Threshold();

    public double? Mndwi() => _mndwi.Threshold();

    public double? Ndvi() => _ndvi.Threshold();

    /// <summary>Halfway between the medians of the near infrared above and below a threshold of NDWI.</summary>
    public double? NirBetween(double ndwi)
    {
        var (above, below) = (new long[NirBins], new long[NirBins]);
        for (var bin = 0; bin < IndexBlocks.Bins; bin++)
        {
            Counting.Add(
                IndexBlocks.EdgeAbove(bin) > ndwi ? above : below, _nir.AsSpan(bin * NirBins, NirBins));
        }

        return Counting.Rank(above, 1, 2) is { } high && Counting.Rank(below, 1, 2) is { } low
            ? (high + low + 1) * (65536 / NirBins) / 2.0 / scales.Nir
            : null;
    }

    private static void Count(
        ReadOnlySpan<byte> codes, ReadOnlySpan<short> index, ushort[] brightness, ReadOnlySpan<short> ndvi,
        IndexBlocks blocks)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            if (SurveyRows.IsMeasured(codes[i]))
            {
                blocks.Add(i, index[i], brightness[i], ndvi[i]);
            }
        }
    }

    // Water would make a third heap beside bare and green ground; below NDWI 0 there is none of it.
    private void CountLand(SurveyRows rows, ushort[] red)
    {
        var codes = rows.Codes;
        var ndwi = rows.Ndwi;
        var ndvi = rows.Ndvi;
        for (var i = 0; i < codes.Length; i++)
        {
            if (SurveyRows.IsMeasured(codes[i]) && ndwi[i] < 0)
            {
                _ndvi.Add(i, ndvi[i], red[i], ndvi[i]);
            }
        }
    }

    private void CountNir(SurveyRows rows, ushort[] nir)
    {
        var codes = rows.Codes;
        var ndwi = rows.Ndwi;
        for (var i = 0; i < codes.Length; i++)
        {
            _nir[(IndexBlocks.BinOf(ndwi[i]) * NirBins) + (nir[i] * NirBins / 65536)] +=
                SurveyRows.IsMeasured(codes[i]) ? 1 : 0;
        }
    }
}
