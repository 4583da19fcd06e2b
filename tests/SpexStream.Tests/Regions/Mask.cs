using SpexStream.Domain.LandCover;

namespace SpexStream.Tests.Regions;

/// <summary>A scene's cover codes with per-pixel numbers that are functions of the position, so that any tiling sees
/// the same.</summary>
internal sealed class Mask(int width, int height)
{
    private readonly byte[] _codes = new byte[width * height];

    public int Width => width;

    public int Height => height;

    public byte this[int column, int row]
    {
        get => _codes[(row * width) + column];
        set => _codes[(row * width) + column] = value;
    }

    public bool Has(int column, int row, LandCoverClass value) =>
        column >= 0 && row >= 0 && column < width && row < height
        && this[column, row] < CoverCode.FirstReason && (this[column, row] & CoverCode.RegionBit(value)) != 0;

    public bool IsNodata(int column, int row) =>
        column >= 0 && row >= 0 && column < width && row < height && this[column, row] == CoverCode.Nodata;

    public static byte Confidence(int column, int row) =>
        (byte)(Hash(column, row, 1) % 8 == 0 ? 100 : Hash(column, row, 2) % 101);

    public static short Index(IndexKind kind, int column, int row) =>
        (short)((int)(Hash(column, row, 3 + (uint)kind) % 40001) - 20000);

    public static byte Seed(int column, int row) => Hash(column, row, 9) % 16 == 0 ? (byte)0xFF : (byte)0;

    /// <summary>From rows of text: '#' water, '~' partial water, '+' water and vegetation, 'x' nodata, else
    /// land.</summary>
    public static Mask Parse(params string[] rows)
    {
        var mask = new Mask(rows[0].Length, rows.Length);
        mask.Each((column, row) => rows[row][column] switch
        {
            '#' => CoverCode.Water,
            '~' => CoverCode.PartialWater,
            '+' => CoverCode.Water | CoverCode.Vegetation,
            'x' => CoverCode.Nodata,
            _ => CoverCode.Land,
        });
        return mask;
    }

    /// <summary>Independent pixels: classes overlap, some are cloud, some nodata.</summary>
    public static Mask Noise(int seed, int width, int height, double density)
    {
        var random = new Random(seed);
        var mask = new Mask(width, height);
        mask.Each((_, _) => random.NextDouble() < density
            ? (byte)(CoverCode.Water | (random.Next(4) == 0 ? CoverCode.Vegetation : 0))
            : random.Next(40) switch
            {
                0 => CoverCode.Nodata,
                1 => CoverCode.Cloud,
                < 8 => CoverCode.Vegetation,
                _ => CoverCode.Land,
            });
        return mask;
    }

    /// <summary>Rectangles and frames over each other: large shapes with holes and straight borders.</summary>
    public static Mask Shapes(int seed, int width, int height, int count)
    {
        var random = new Random(seed);
        var mask = new Mask(width, height);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (random.Next(width), random.Next(height));
            var (w, h) = (1 + random.Next(width / 3), 1 + random.Next(height / 3));
            var code = random.Next(3) == 0 ? CoverCode.Land : CoverCode.Water;
            for (var row = y; row < Math.Min(y + h, height); row++)
            {
                for (var column = x; column < Math.Min(x + w, width); column++)
                {
                    mask[column, row] = code;
                }
            }
        }

        return mask;
    }

    public void Each(Func<int, int, byte> code)
    {
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                this[column, row] = code(column, row);
            }
        }
    }

    private static uint Hash(int column, int row, uint salt)
    {
        var h = ((uint)column * 0x9E3779B1) ^ ((uint)row * 0x85EBCA77) ^ (salt * 0xC2B2AE3D);
        h = (h ^ (h >> 15)) * 0x2C1B3C6D;
        return (h ^ (h >> 13)) * 0x297A2D39 >> 4;
    }
}
