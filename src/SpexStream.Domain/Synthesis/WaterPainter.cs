namespace SpexStream.Domain.Synthesis;

/// <summary>Sea, rivers, lakes and pools: how much of a pixel they take, and what they look like.</summary>
internal sealed class WaterPainter(ScenePlan plan)
{
    private readonly float _barDistance = 34 * plan.Frame.Detail;
    private readonly float _plumeReach = 0.06f * plan.Frame.Side;

    /// <summary>Water at a pixel: its share of it and its colour. Nearest bank counts.</summary>
    public (float Share, Cover Colour) At(BlockFields fields, int i, int x, int y)
    {
        var (share, colour) = Sea(fields, i, x, y);
        if (share >= 1)
        {
            return (share, colour);
        }

        var ripple = fields.Water[i];
        foreach (var lake in fields.Lakes)
        {
            var inward = Inward(lake, fields, i, x, y);
            if (Curves.Inside(inward) > share)
            {
                share = Curves.Inside(inward);
                colour = Colour(
                    lake.Water, lake.Sediment, lake.Steepness * MathF.Max(inward, 0.3f), Spectra.WetSoil, ripple);
            }
        }

        foreach (var mine in fields.Mines)
        {
            var inward = MinePainter.PondInward(mine, fields, i, x, y);
            if (Curves.Inside(inward) > share)
            {
                share = Curves.Inside(inward);
                colour = Colour(Spectra.ClearWater, 0.75f, 0.3f * MathF.Max(inward, 0.3f), mine.Rock, ripple);
            }
        }

        var river = plan.Rivers.Index.At(x, y);
        if (river.Share > share)
        {
            var bottom = Spectra.Gravel.Mix(Spectra.WetSoil, 0.75f);
            share = river.Share;
            colour = Colour(Spectra.HumicWater, river.Tint, 0.4f + (0.5f * MathF.Max(river.Inward, 0)), bottom, ripple);
        }

        return (share, colour);
    }

    private static float Inward(Lake lake, BlockFields fields, int i, int x, int y) => lake.Radius > 12
        ? (lake.Radius * (1 + (0.7f * fields.WideShore[i]))) + (1.5f * fields.NarrowShore[i]) - lake.Stretched(x, y)
        : (lake.Radius * (1 + (0.38f * fields.NarrowShore[i]))) - lake.Stretched(x, y);

    private (float Share, Cover Colour) Sea(BlockFields fields, int i, int x, int y)
    {
        var offshore = -fields.Coast[i];
        // Bays steepen the noise; the factor keeps the shore as soft as a pixel is wide.
        var share = Curves.Inside(0.7f * offshore);
        if (share <= 0)
        {
            return (0, default);
        }

        // A bar runs along the shore, and stands out of the water here and there.
        var fromBar = (offshore - _barDistance - (12 * fields.WideShore[i])) / (6 * plan.Frame.Detail);
        var bar = MathF.Exp(-fromBar * fromBar);
        var metres = (0.17f * offshore / plan.Frame.Detail) + (0.4f * fields.Water[i])
            - (bar * (3.9f + (5 * fields.WideShore[i])));
        var dry = Curves.Smooth(0.12f, -0.12f, metres);

        var (dx, dy) = (x - plan.Rivers.Mouth.X, y - plan.Rivers.Mouth.Y);
        var fromMouth = MathF.Sqrt((dx * dx) + (dy * dy)) * (1 + (0.35f * fields.WideShore[i]));
        var plume = 0.75f * MathF.Exp(-fromMouth * fromMouth / (2 * _plumeReach * _plumeReach));
        var surf = 0.28f * MathF.Exp(-offshore / 22);
        var sediment = (plume * (1 + (0.5f * fields.Water[i]))) + (surf * (1 + fields.Water[i])) + 0.02f;
        var weed = Curves.Smooth(0, 0.25f, fields.Water[i] + (0.3f * fields.NarrowShore[i]))
            * Curves.Smooth(1.5f, 4, metres);
        var bottom = Spectra.Sand.Mix(Spectra.WetSoil, 0.85f * weed);
        var colour = Colour(Spectra.ClearWater, sediment, MathF.Max(metres, 0.05f), bottom, fields.Water[i]);
        return (share * (1 - dry), colour);
    }

    /// <summary>
    /// Deep water with sediment over a bottom that shines through by Beer and Lambert, both ways (as in Lyzenga 1978).
    /// Attenuation per metre: blue 0.08, green 0.07, red 0.35, nir 2.5; swir does not reach the bottom.
    /// </summary>
    private static Cover Colour(Cover deep, float sediment, float metres, Cover bottom, float ripple)
    {
        var load = Curves.Clamp01(sediment);
        var water = deep.Mix(Spectra.Sediment, load).Lit(1 + (0.03f * ripple));
        if (metres > 14)
        {
            return water;
        }

        var path = -2 * metres * (1 + (5 * load));
        var seen = Cover.Of(
            MathF.Exp(0.08f * path), MathF.Exp(0.07f * path), MathF.Exp(0.35f * path), MathF.Exp(2.5f * path), 0, 0);
        return new(water.Lanes + ((bottom.Lanes - water.Lanes) * seen.Lanes));
    }
}
