using SpexStream.Domain.LandCover;

namespace SpexStream.Tests.Regions;

/// <summary>A region found the slow and obvious way: flood fill over 8 neighbours, one pixel at a time.</summary>
internal sealed class ReferenceRegion(LandCoverClass value, List<(int Column, int Row)> pixels, Mask mask)
{
    private static readonly (int X, int Y)[] Sides = [(-1, 0), (1, 0), (0, -1), (0, 1)];

    /// <summary>Pixels in row order.</summary>
    public IReadOnlyList<(int Column, int Row)> Pixels { get; } = [.. pixels.OrderBy(p => (p.Row, p.Column))];

    public string Id => $"s1-{value.Slug()}-{Pixels[0].Row}-{Pixels[0].Column}";

    public bool HasSeed => Pixels.Any(p => Mask.Seed(p.Column, p.Row) != 0);

    public bool TouchesEdge => Pixels.Any(p => Sides.Any(side =>
    {
        var (x, y) = (p.Column + side.X, p.Row + side.Y);
        return x < 0 || y < 0 || x == mask.Width || y == mask.Height || mask.IsNodata(x, y);
    }));

    public int TenthPercentile
    {
        get
        {
            var sorted = Pixels.Select(p => (int)Mask.Confidence(p.Column, p.Row)).Order().ToList();
            return sorted[(int)Math.Ceiling(sorted.Count * 0.1 - 1e-9) - 1];
        }
    }

    public static List<ReferenceRegion> Find(Mask mask, LandCoverClass value)
    {
        var seen = new bool[mask.Width, mask.Height];
        var regions = new List<ReferenceRegion>();
        for (var row = 0; row < mask.Height; row++)
        {
            for (var column = 0; column < mask.Width; column++)
            {
                if (mask.Has(column, row, value) && !seen[column, row])
                {
                    regions.Add(new(value, Flood(mask, value, seen, column, row), mask));
                }
            }
        }

        return regions;
    }

    private static List<(int Column, int Row)> Flood(Mask mask, LandCoverClass value, bool[,] seen, int column, int row)
    {
        var pixels = new List<(int, int)>();
        var open = new Stack<(int Column, int Row)>([(column, row)]);
        seen[column, row] = true;
        while (open.TryPop(out var pixel))
        {
            pixels.Add(pixel);
            for (var y = pixel.Row - 1; y <= pixel.Row + 1; y++)
            {
                for (var x = pixel.Column - 1; x <= pixel.Column + 1; x++)
                {
                    if (mask.Has(x, y, value) && !seen[x, y])
                    {
                        seen[x, y] = true;
                        open.Push((x, y));
                    }
                }
            }
        }

        return pixels;
    }
}
