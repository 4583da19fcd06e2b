namespace SpexStream.Domain.Synthesis;

/// <summary>Puts the layers of the ground on top of each other, in the light of the sun.</summary>
internal sealed class SurfacePainter(ScenePlan plan)
{
    private readonly CountrysidePainter _countryside = new(plan);
    private readonly TownPainter _towns = new(plan.Frame);
    private readonly WaterPainter _water = new(plan);

    /// <summary>The cover at a pixel under a clear sky, and the share of open water in it.</summary>
    public (Cover Cover, float Water) At(BlockFields fields, int x, int y)
    {
        var i = fields.IndexOf(x, y);
        var (water, colour) = _water.At(fields, i, x, y);
        var road = fields.Coast[i] > 1 ? plan.Roads.At(x, y) : default;
        if (water >= 1 && road.Share <= 0)
        {
            return (colour, 1);
        }

        var land = _countryside.At(fields, i, x, y);
        land = MinePainter.At(fields, i, x, y, land);
        land = _towns.At(fields, i, x, y, land);
        (land, var pools) = Wetland(fields, i, x, y, land);
        land = Beach(fields, i, land);
        land = land.Lit(Light(fields, i));
        water = MathF.Max(water, pools);
        var cover = land.Mix(pools >= water ? Spectra.HumicWater : colour, water);
        if (road.Share > 0)
        {
            // A bridge hides the water under it.
            cover = cover.Mix(Spectra.Asphalt.Mix(Spectra.Paving, road.Tint), road.Share);
            water *= 1 - road.Share;
        }

        return (cover, water);
    }

    private float Light(BlockFields fields, int i)
    {
        var width = fields.Window.Width;
        return plan.Relief.Light(
            0.5f * (fields.Height[i + 1] - fields.Height[i - 1]),
            0.5f * (fields.Height[i + width] - fields.Height[i - width]));
    }

    private (Cover Land, float Pools) Wetland(BlockFields fields, int i, int x, int y, Cover land)
    {
        var side = plan.Frame.Side;
        var (dx, dy) = (x - plan.Rivers.Mouth.X, y - plan.Rivers.Mouth.Y);
        var fromMouth = MathF.Sqrt((dx * dx) + (dy * dy)) / side;
        var marsh = Curves.Smooth(0.105f, 0.07f, fromMouth + (0.03f * fields.WideShore[i]))
            * Curves.Smooth(0.045f, 0.02f, (fields.Coast[i] / side) + (0.01f * fields.Soil[i]));
        if (marsh <= 0)
        {
            return (land, 0);
        }

        // Bare mud that the tide has left is the dark land that rules take for water.
        var mud = Spectra.WetSoil.Mix(Spectra.Mud, Curves.Smooth(-0.2f, 0.2f, fields.Water[i]));
        var bare = Curves.Clamp01(0.3f + (0.7f * fields.Soil[i]) + (0.3f * fields.Crowns[i]));
        var reeds = Spectra.Reed.Mix(mud, bare);
        var hollow = fields.NarrowShore[i] + (0.35f * fields.Water[i]) + (0.3f * fields.Crowns[i]);
        var pools = Curves.Smooth(0.15f, 0.75f, hollow);
        return (land.Mix(reeds, marsh), marsh * pools);
    }

    private static Cover Beach(BlockFields fields, int i, Cover land)
    {
        var inland = fields.Coast[i];
        var width = 2.2f + (4 * fields.WideShore[i]);
        var share = Curves.Inside(width - inland);
        if (share <= 0 || inland > 12)
        {
            return land;
        }

        var sand = Spectra.Sand.Mix(Spectra.WetSand, Curves.Smooth(1.6f, 0.2f, inland));
        return land.Mix(sand.Lit(1 + (0.08f * fields.Crowns[i])), share);
    }
}
