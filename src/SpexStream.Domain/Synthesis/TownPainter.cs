namespace SpexStream.Domain.Synthesis;

/// <summary>Streets, houses with their shadows, gardens, halls and parks.</summary>
internal sealed class TownPainter(SceneFrame frame)
{
    private static readonly Cover[] Roofs =
    [
        Spectra.TileRoof, Spectra.TileRoof, Spectra.TileRoof, Spectra.TileRoof, Spectra.TileRoof, Spectra.SlateRoof,
        Spectra.SlateRoof, Spectra.SlateRoof, Spectra.BitumenRoof, Spectra.BitumenRoof, Spectra.ConcreteRoof,
        Spectra.MetalRoof,
    ];

    // Everything that a house shades is lit by the sky only.
    private const float HouseShade = 0.45f;

    /// <summary>The ground with the town on it, where there is a town.</summary>
    public Cover At(BlockFields fields, int i, int x, int y, Cover ground)
    {
        foreach (var town in fields.Towns)
        {
            if (town.Distance(x, y) < town.Reach)
            {
                ground = Block(town, fields, i, x, y, ground);
            }
        }

        return ground;
    }

    private Cover Block(Town town, BlockFields fields, int i, int x, int y, Cover ground)
    {
        var bend = 0.8f * fields.Bends[i];
        var (dx, dy) = (x - town.X + bend, y - town.Y + bend);
        var (along, across) = ((dx * town.Cos) + (dy * town.Sin), (dy * town.Cos) - (dx * town.Sin));
        var column = MathF.Floor(along / town.BlockLength);
        var row = MathF.Floor(across / town.BlockWidth);
        var block = CoordinateHash.Of(town.Seed, (int)column, (int)row);
        var (middle, middleAcross) = ((column + 0.5f) * town.BlockLength, (row + 0.5f) * town.BlockWidth);
        var density = MathF.Min(town.Density(middle, middleAcross, block), 1);
        if (density <= 0)
        {
            return ground;
        }

        var (u, v) = (along - (column * town.BlockLength), across - (row * town.BlockWidth));
        var kind = CoordinateHash.Unit(block, 2) - (0.5f * town.Greenness(middle, middleAcross));
        Cover cover;
        if (kind < 0.05f)
        {
            var trees = Curves.Smooth(-0.3f, 0.3f, fields.Species[i] + fields.Crowns[i]);
            cover = Spectra.Meadow.Mix(CountrysidePainter.Canopy(fields, i), trees);
        }
        else if (kind > 1 && density < 0.8f)
        {
            cover = Houses(town, block, u, v, 1, Spectra.Paving, 0.74f, density);
        }
        else
        {
            var lots = Math.Max((int)(town.BlockLength / Curves.Lerp(4.2f, 3f, density)), 2);
            var garden = Spectra.Meadow.Mix(CountrysidePainter.Canopy(fields, i), 0.45f + (0.4f * fields.Crowns[i]));
            var paved = Curves.Clamp01((0.95f * density) + (0.3f * CoordinateHash.Unit(block, 4)) - 0.1f);
            var yard = garden.Mix(Spectra.Paving, paved);
            cover = Houses(town, block, u, v, lots, yard, 0.60f + (0.2f * density), density);
        }

        return cover.Mix(Spectra.Asphalt, Streets(town, (int)column, (int)row, u, v));
    }

    private static float Streets(Town town, int column, int row, float u, float v)
    {
        var sides = Curves.Band(MathF.Min(u, town.BlockLength - u), HalfWidth(column, u, town.BlockLength));
        var ends = Curves.Band(MathF.Min(v, town.BlockWidth - v), HalfWidth(row, v, town.BlockWidth));
        return 1 - ((1 - sides) * (1 - ends));

        // Every fourth street is an avenue.
        static float HalfWidth(int block, float offset, float size) =>
            ((offset < size / 2 ? block : block + 1) & 3) == 0 ? 0.95f : 0.42f;
    }

    private Cover Houses(Town town, uint block, float u, float v, int lots, Cover yard, float fill, float density)
    {
        var halves = lots == 1 ? 1 : 2;
        var (length, width) = (town.BlockLength / lots, town.BlockWidth / halves);
        var shadow = Shadow(town, density);
        var lot = Lot(block, u, v, length, width, lots, halves);
        var material = Roofs[(int)(CoordinateHash.Unit(lot, 3) * Roofs.Length)];
        var roof = material.Lit(0.85f + (0.3f * CoordinateHash.Unit(lot, 4)));
        var shaded = House(
            Lot(block, u - shadow.U, v - shadow.V, length, width, lots, halves),
            u - shadow.U, v - shadow.V, length, width, fill);
        var cover = yard.Lit(1 - (HouseShade * shaded));
        return cover.Mix(roof, House(lot, u, v, length, width, fill));
    }

    private (float U, float V) Shadow(Town town, float density)
    {
        // Houses of two floors at the edge, of six in the middle, 3 m each.
        var height = 3 * (2 + (4 * Curves.Clamp01(density))) / frame.PixelSize;
        var (east, south) = (-frame.SunEast / frame.SunUp * height, frame.SunNorth / frame.SunUp * height);
        return ((east * town.Cos) + (south * town.Sin), (south * town.Cos) - (east * town.Sin));
    }

    private static uint Lot(uint block, float u, float v, float length, float width, int lots, int halves) =>
        CoordinateHash.Of(
            block,
            Math.Clamp((int)MathF.Floor(u / length), 0, lots - 1),
            Math.Clamp((int)MathF.Floor(v / width), 0, halves - 1));

    private static float House(uint lot, float u, float v, float length, float width, float fill)
    {
        if (CoordinateHash.Unit(lot, 5) < 0.06f)
        {
            return 0;
        }

        var (halfLength, halfWidth) = (
            0.5f * length * fill * (0.8f + (0.35f * CoordinateHash.Unit(lot, 6))),
            0.5f * width * fill * (0.8f + (0.35f * CoordinateHash.Unit(lot, 7))));
        var inLot = u - (MathF.Floor(u / length) * length) - (0.5f * length);
        var acrossLot = v - (MathF.Floor(v / width) * width) - (0.5f * width);
        return Curves.Band(inLot, halfLength) * Curves.Band(acrossLot, halfWidth);
    }
}
