using System.Buffers;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Spectral;

/// <summary>Turns the dark land of a tile into cloud shadow where it lies within reach of a cloud.</summary>
public static class ShadedRuns
{
    private static readonly SearchValues<byte> DarkLand =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (byte)code).Where(IsDarkLand)]);

    /// <summary>Whether a tile has dark land at all.</summary>
    public static bool HasDarkLand(TileRuns runs) => runs.Codes.ContainsAny(DarkLand);

    /// <summary>Marks the clouds of a tile.</summary>
    /// <param name="runs">The tile's codes.</param>
    /// <param name="core">Where the tile lies in the scene.</param>
    /// <param name="rule">Takes the clouds.</param>
    public static void AddClouds(TileRuns runs, PixelWindow core, CloudShadowRule rule)
    {
        if (!runs.Codes.Contains(CoverCode.Cloud))
        {
            return;
        }

        for (var row = 0; row < runs.Height; row++)
        {
            var start = 0;
            for (var run = runs.RowFirst[row]; run < runs.RowFirst[row + 1]; run++)
            {
                if (runs.Codes[run] == CoverCode.Cloud)
                {
                    rule.AddCloud(core.Row + row, core.Column + start, runs.Ends[run] - start);
                }

                start = runs.Ends[run];
            }
        }
    }

    /// <summary>
    /// The same tile with its dark land within reach coded <see cref="CoverCode.CloudShadow"/>. Only dark land
    /// outside of every region is changed, so the tile's components stay valid.
    /// </summary>
    public static TileRuns Of(TileRuns runs, PixelWindow core, CloudReach reach)
    {
        var rowFirst = new int[runs.Height + 1];
        var ends = new List<ushort>(runs.Count + 64);
        var codes = new List<byte>(runs.Count + 64);
        for (var row = 0; row < runs.Height; row++)
        {
            rowFirst[row] = ends.Count;
            var start = 0;
            for (var run = runs.RowFirst[row]; run < runs.RowFirst[row + 1]; run++)
            {
                var (code, end) = (runs.Codes[run], (int)runs.Ends[run]);
                while (start < end)
                {
                    var near = false;
                    var stop = IsDarkLand(code)
                        ? reach.Stretch(core.Row + row, core.Column + start, core.Column + end, out near) - core.Column
                        : end;
                    Append(ends, codes, rowFirst[row], stop, near ? CoverCode.CloudShadow : code);
                    start = stop;
                }
            }
        }

        rowFirst[runs.Height] = ends.Count;
        return new TileRuns(runs.Width, runs.Height, rowFirst, [.. ends], [.. codes]);
    }

    // A dark pixel that belongs to a region stays there: regions are labelled before clouds of other tiles are known.
    private static bool IsDarkLand(byte code) => code < CoverCode.FirstReason && (code & CoverCode.DarkLand) != 0
        && (code & (CoverCode.Water | CoverCode.Vegetation | CoverCode.Buildings)) == 0;

    private static void Append(List<ushort> ends, List<byte> codes, int first, int end, byte code)
    {
        if (codes.Count > first && codes[^1] == code)
        {
            ends[^1] = (ushort)end;
            return;
        }

        ends.Add((ushort)end);
        codes.Add(code);
    }
}
