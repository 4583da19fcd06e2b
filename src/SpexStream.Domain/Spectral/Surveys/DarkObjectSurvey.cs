using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>
/// Exact histograms of the valid samples of every band. The 0.1 % percentile is the dark object: what is seen there is
/// the atmosphere (Chavez 1988, Remote Sensing of Environment 24, 459). Floats are counted by the upper half of their
/// bits, which is good to 0.8 % of the value.
/// </summary>
internal sealed class DarkObjectSurvey(TileEngine engine, KernelSettings settings, BandPlaces places) : ISceneSurvey
{
    private const int Keys = 65536;
    private const int PerMille = 1000;
    private readonly int[] _bands = [.. places.Measured.Distinct()];
    private readonly long[][] _counts = [.. places.Measured.Distinct().Select(_ => new long[Keys])];

    public void Add(PixelPlanes pixels)
    {
        using var rows = new SurveyRows(engine, pixels, settings);
        var keys = new ushort[rows.Width];
        for (var row = 0; row < rows.Height; row++)
        {
            rows.Read(row);
            var codes = rows.Codes;
            for (var band = 0; band < _bands.Length; band++)
            {
                rows.Keys(_bands[band], row, keys);
                var counts = _counts[band];
                for (var i = 0; i < keys.Length; i++)
                {
                    counts[keys[i]] += codes[i] == CoverCode.Nodata ? 0 : 1;
                }
            }
        }
    }

    public void Merge(ISceneSurvey other)
    {
        var theirs = ((DarkObjectSurvey)other)._counts;
        for (var band = 0; band < _counts.Length; band++)
        {
            Counting.Add(_counts[band], theirs[band]);
        }
    }

    /// <summary>The 0.1 % percentile of each band.</summary>
    public BandValues Dark() => Percentiles(1);

    /// <summary>The 99.9 % percentile of each band.</summary>
    public BandValues Bright() => Percentiles(PerMille - 1);

    private BandValues Percentiles(int perMille) => BandValues.From(
        [.. places.Measured.Select(place => Percentile(_counts[Array.IndexOf(_bands, place)], perMille))]);

    private float Percentile(long[] counts, int perMille) =>
        Counting.Rank(counts, perMille, PerMille) is { } key ? engine.FromKey((ushort)key) : 0;
}
