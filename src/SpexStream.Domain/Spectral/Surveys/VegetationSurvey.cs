using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>Medians of NDVI, blue and shortwave infrared over the scene's vegetation; built-up is less green, bluer
/// and drier than it.</summary>
internal sealed class VegetationSurvey(TileEngine engine, KernelSettings settings, BandPlaces places) : ISceneSurvey
{
    private const int Units = 10000;
    private const double LeastShare = 0.01;
    private readonly long[] _ndvi = new long[(2 * Units) + 1];
    private readonly long[] _blue = new long[65536];
    private readonly long[] _swir = new long[65536];
    private readonly long[] _measured = new long[1];

    public void Add(PixelPlanes pixels)
    {
        using var rows = new SurveyRows(engine, pixels, settings);
        var (blue, swir) = (new ushort[rows.Width], new ushort[rows.Width]);
        for (var row = 0; row < rows.Height; row++)
        {
            rows.Read(row);
            rows.Keys(places.Blue, row, blue);
            rows.Keys(places.Swir22, row, swir);
            var codes = rows.Codes;
            var ndvi = rows.Ndvi;
            for (var i = 0; i < codes.Length; i++)
            {
                if (!SurveyRows.IsMeasured(codes[i]))
                {
                    continue;
                }

                _measured[0]++;
                if ((codes[i] & CoverCode.Vegetation) != 0)
                {
                    _ndvi[ndvi[i] + Units]++;
                    _blue[blue[i]]++;
                    _swir[swir[i]]++;
                }
            }
        }
    }

    public IReadOnlyList<Memory<long>> Counts => [_ndvi, _blue, _swir, _measured];

    public void Merge(ISceneSurvey other)
    {
        var theirs = (VegetationSurvey)other;
        Counting.Add(_ndvi, theirs._ndvi);
        Counting.Add(_blue, theirs._blue);
        Counting.Add(_swir, theirs._swir);
        _measured[0] += theirs._measured[0];
    }

    /// <summary>Median NDVI, blue and swir22 (DN) of the vegetation; null where less than 1 % of the scene is
    /// vegetated.</summary>
    public (double Ndvi, float BlueDn, float SwirDn)? Medians()
    {
        if (Counting.Total(_ndvi) < Math.Max(1, LeastShare * _measured[0]))
        {
            return null;
        }

        var ndvi = Counting.Rank(_ndvi, 1, 2)!.Value;
        return ((double)(ndvi - Units) / Units, MedianDn(_blue), MedianDn(_swir));
    }

    private float MedianDn(long[] counts) => engine.FromKey((ushort)Counting.Rank(counts, 1, 2)!.Value);
}
