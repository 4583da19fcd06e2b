using System.Globalization;
using SpexStream.Domain.LandCover;

namespace SpexStream.Benchmarks;

/// <summary>label MASK SIDE: components of a raw mask of 0 and 1 (8-connected) with their area, box and
/// confidence.</summary>
internal static class LabelBench
{
    private const int Repeats = 5;

    public static void Run(string[] arguments)
    {
        var side = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var labelling = new MaskLabelling(File.ReadAllBytes(arguments[0]), side);
        var (count, pixels) = (0, 0L);
        var seconds = Rounds.Interleave(Repeats, () =>
        {
            using var regions = labelling.Label();
            var water = regions.Of(LandCoverClass.Water);
            (count, pixels) = (water.Count, water.Pixels);
        });
        Json.Print(("seconds", seconds[0]), ("components", count), ("pixels", pixels));
    }
}
