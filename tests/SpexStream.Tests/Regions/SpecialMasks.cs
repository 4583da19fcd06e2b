using SpexStream.Domain.LandCover;
using Xunit;

namespace SpexStream.Tests.Regions;

/// <summary>Masks that break labelling or tracing when something is off by one.</summary>
internal static class SpecialMasks
{
    private const int Size = 150;

    private static readonly Dictionary<string, Func<int, int, bool>> Rules = new()
    {
        ["empty"] = (_, _) => false,
        ["full"] = (_, _) => true,
        ["one pixel"] = (x, y) => (x, y) == (70, 90),
        ["corner pixel of four tiles"] = (x, y) => (x, y) is (63, 63) or (64, 64) or (127, 64) or (128, 63),
        ["row"] = (_, y) => y == 64,
        ["column"] = (x, _) => x == 63,
        ["diagonal"] = (x, y) => x == y,
        ["other diagonal"] = (x, y) => x + y == Size - 1,
        ["comb"] = (x, y) => y == Size - 1 || x % 2 == 0,
        ["comb upside down"] = (x, y) => y == 0 || x % 2 == 0,
        ["comb on its side"] = (x, y) => x == Size - 1 || y % 2 == 0,
        ["checkerboard"] = (x, y) => (x + y) % 2 == 0,
        ["coarse checkerboard"] = (x, y) => ((x / 3) + (y / 3)) % 2 == 0,
        ["nested rings"] = (x, y) => Ring(x, y) % 2 == 0,
        ["wide rings"] = (x, y) => Ring(x, y) / 5 % 2 == 1,
        ["spiral"] = Spiral,
        ["grid of lines"] = (x, y) => x % 7 == 3 || y % 5 == 2,
        ["holes touching in corners"] = (x, y) => !(x % 4 == 1 && y % 4 == 1) && !(x % 4 == 2 && y % 4 == 2),
    };

    public static TheoryData<string> All() => [.. Rules.Keys];

    public static Mask Make(string name)
    {
        var mask = new Mask(Size, Size);
        mask.Each((x, y) => Rules[name](x, y) ? CoverCode.Water : CoverCode.Land);
        return mask;
    }

    private static int Ring(int x, int y) => Math.Min(Math.Min(x, y), Math.Min(Size - 1 - x, Size - 1 - y));

    // Rings, each opened towards the next one in its upper left corner.
    private static bool Spiral(int x, int y)
    {
        var ring = Ring(x, y);
        var gap = y == x + 1 && x < Size / 2;
        return (ring % 2 == 0) != gap;
    }
}
