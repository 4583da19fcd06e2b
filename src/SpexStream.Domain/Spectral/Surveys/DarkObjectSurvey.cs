using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>
/// Exact histograms of the valid samples of every band. The 0.1 % percentile is the dark object: what is seen there is
/// the atmosphere (Chavez 1988, Remote Sensing of Environment 24, 459). Floats are counted by the upper half of their
/// bits, which is good to 0.8 % of the value.
/// </summary>
internal sealed unsafe class DarkObjectSurvey(TileEngine engine, BandPlaces places) : ISceneSurvey
{
    private const int Keys = 65536;
    private const int PerMille = 1000;
    private readonly int[] _bands = [.. places.Measured.Distinct()];
    private readonly long[][] _counts = [.. places.Measured.Distinct().Select(_ => new long[2 * Keys])];

    public void Add(PixelPlanes pixels)
    {
        var (width, height) = (pixels.Core.Width, pixels.Core.Height);
        var (column, top) = (pixels.Core.Column - pixels.Window.Column, pixels.Core.Row - pixels.Window.Row);
        using var scratch = new Scratch(width + Scratch.Padding + 64);
        var preset = scratch.Take<byte>(width + Scratch.Padding);
        for (var row = top; row < top + height; row++)
        {
            engine.Preset(pixels, row, column, width, preset);
            for (var band = 0; band < _bands.Length; band++)
            {
                engine.Count(pixels.Row(_bands[band], row), column, width, preset, _counts[band]);
            }
        }
    }

    public IReadOnlyList<Memory<long>> Counts => [.. _counts.Select(counts => counts.AsMemory())];

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

    private float Percentile(long[] pairs, int perMille)
    {
        var counts = new long[Keys];
        for (var key = 0; key < Keys; key++)
        {
            counts[key] = float.IsFinite(engine.FromKey((ushort)key)) ? pairs[2 * key] + pairs[(2 * key) + 1] : 0;
        }

        return Counting.Rank(counts, perMille, PerMille) is { } found ? engine.FromKey((ushort)found) : 0;
    }
}
